import { useEffect } from 'react'

/** Paper is white whatever the screen is: while a page is printed, its inks are those of the light scheme. */
export function useLightPaper(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    let screen: string | undefined
    const before = () => {
      screen = dataset.mantineColorScheme
      dataset.mantineColorScheme = 'light'
    }
    const after = () => {
      if (screen !== undefined) dataset.mantineColorScheme = screen
    }
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
}
