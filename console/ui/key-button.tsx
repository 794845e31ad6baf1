import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentPropsWithRef } from 'react'
import { Keys } from './kbd.tsx'
import { ariaKey, useKeys } from './shortcuts.ts'

type Props = ButtonProps & Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps> & { readonly keys: string }

/** A button that a key presses too: it is drawn on it, and told to who does not see it. */
export function KeyButton({ keys, ...props }: Props) {
  useKeys()
  return <Button rightSection={<Keys keys={keys} />} aria-keyshortcuts={ariaKey(keys)} {...props} />
}
