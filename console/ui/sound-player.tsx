/** A recorded voice, fetched only when somebody listens. */
export function SoundPlayer({ src, label }: { src: string; label: string }) {
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- what a caller said is not written down anywhere
  return <audio controls preload="none" src={src} aria-label={label} />
}
