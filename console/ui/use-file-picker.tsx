import { type ReactNode, useRef } from 'react'

/** The system's own choice of files. `input` stands anywhere in the page, unseen. */
export function useFilePicker(choose: (files: Iterable<File>) => void): { readonly input: ReactNode; readonly open: () => void } {
  const field = useRef<HTMLInputElement>(null)
  const input = (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      onChange={({ currentTarget }) => {
        choose(currentTarget.files ?? [])
        currentTarget.value = ''
      }}
    />
  )
  return { input, open: () => field.current?.click() }
}
