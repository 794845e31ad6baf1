import { useState } from 'react'
import { Unplayable } from './unplayable.tsx'

/** A recorded voice, fetched only when somebody listens. */
export function SoundPlayer({ src, label }: { src: string; label: string }) {
  const [failed, setFailed] = useState(false)
  if (failed) return <Unplayable label={label} onRetry={() => setFailed(false)} />
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- what a caller said is not written down anywhere
  return <audio controls preload="none" src={src} aria-label={label} onError={() => setFailed(true)} />
}
