import { queryOptions } from '@tanstack/react-query'
import type { Listening } from '../../server/contract/messages.ts'
import { Listenings } from '../ui/listenings.tsx'
import { MessagePlayer } from '../ui/message-player.tsx'
import { RecordingPlayer } from '../ui/recording-player.tsx'
import { SoundPlayer } from '../ui/sound-player.tsx'
import { Unplayable } from '../ui/unplayable.tsx'
import { VoicePlayer } from '../ui/voice-player.tsx'
import type { Shown } from './shown.ts'
import { words } from './words.ts'

const heard = (of: 'some' | 'none') => queryOptions({ queryKey: ['listenings', of], queryFn: () => Promise.resolve<Listening[]>([]) })
const peaks = Array.from({ length: 90 }, (_, i) => Math.round(50 + 45 * Math.sin(i / 3) * Math.cos(i / 11)))
const recording = { id: 'sample', callId: 'c', at: new Date().toISOString(), keptAt: new Date().toISOString(), seconds: 312 }

/** What is listened to; a specimen has no sound, and says so when it is played. */
export function sounds(): readonly Shown[] {
  const w = words()
  return [
    {
      name: 'VoicePlayer',
      specimens: [
        [w.usual, <VoicePlayer key="a" src="/api/none" label={`VoicePlayer, ${w.usual}`} seconds={42} peaks={peaks} />],
        [w.loading, <VoicePlayer key="a" src="/api/none" label={`VoicePlayer, ${w.loading}`} seconds={0} peaks={[]} />],
      ],
    },
    { name: 'MessagePlayer', specimens: [[w.usual, <MessagePlayer key="a" id="sample" label="MessagePlayer" seconds={42} />]] },
    { name: 'RecordingPlayer', specimens: [[w.usual, <RecordingPlayer key="a" recording={recording} removedAfterDays={30} />]] },
    { name: 'SoundPlayer', specimens: [[w.usual, <SoundPlayer key="a" src="/api/none" label="SoundPlayer" />]] },
    { name: 'Unplayable', specimens: [[w.failed, <Unplayable key="a" label="Unplayable" onRetry={() => undefined} />]] },
    {
      name: 'Listenings',
      specimens: [
        [w.few, <Listenings key="a" query={heard('some')} />],
        [w.empty, <Listenings key="a" query={heard('none')} />],
      ],
    },
  ]
}
