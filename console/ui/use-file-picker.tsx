import { type ReactNode, useRef } from 'react'

/**
 * The system's own choice of files. `input` stands anywhere in the page, unseen.
 * @param accept the types that are offered, by commas; any, unless given
 */
export function useFilePicker(
  choose: (files: Iterable<File>) => void,
  accept?: string,
): { readonly input: ReactNode; readonly open: () => void } {
  const field = useRef<HTMLInputElement>(null)
  const input = (
    <input
      ref={field}
      type="file"
      multiple
      accept={accept}
      hidden
      onChange={({ currentTarget }) => {
        choose(currentTarget.files ?? [])
        currentTarget.value = ''
      }}
    />
  )
  return { input, open: () => field.current?.click() }
}
