import { useEffect, useRef, useState, type RefObject } from 'react'

/** Files dropped on an element, or pasted within it. @returns whether some are held over it */
export function useDrop(target: RefObject<HTMLElement | null>, active: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const given = useRef(onFiles)
  useEffect(() => {
    given.current = onFiles
  })
  useEffect(() => {
    const element = target.current
    if (element === null || !active) return undefined
    const heard = new AbortController()
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const listen = <K extends 'dragenter' | 'dragover' | 'dragleave' | 'drop' | 'paste'>(
      type: K,
      handle: (event: HTMLElementEventMap[K]) => void,
    ) => element.addEventListener(type, handle, { signal: heard.signal })
    listen('dragenter', hold)
    listen('dragover', hold)
    listen('dragleave', () => setOver(false))
    listen('drop', (event) => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      given.current(files)
    })
    listen('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])]
      // A text copied from an office program comes with its picture: the words are what is meant.
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return
      event.preventDefault()
      given.current(files)
    })
    return () => heard.abort()
  }, [target, active])
  return over
}
