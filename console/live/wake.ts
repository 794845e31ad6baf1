const beatMs = 1_000
/** A gap between two beats that only sleep explains; timers of hidden pages run once a minute. */
const gapMs = () => (document.hidden ? 90_000 : 5_000)

/**
 * Be told that this computer may have slept, or changed networks: what the page believes of its connections is not to be trusted.
 * @returns how to stop
 */
export function onWake(wake: () => void): () => void {
  let last = Date.now()
  const beat = window.setInterval(() => {
    const gap = Date.now() - last
    last = Date.now()
    if (gap > gapMs()) wake()
  }, beatMs)
  const shown = () => {
    if (!document.hidden) wake()
  }
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', shown)
  return () => {
    window.clearInterval(beat)
    window.removeEventListener('online', wake)
    window.removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', shown)
  }
}
