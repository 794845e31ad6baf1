import { describe, expect, it } from 'vitest'
import { spokenAnnouncements } from '../../server/calls/announcements.ts'
import { decide } from '../../server/calls/decide.ts'
import { emptyDesk } from '../../server/calls/model.ts'
import { nine, settings } from './scene.ts'

const heardWith = (closure: string | null) => {
  const { effects } = decide(emptyDesk, { type: 'call-arrived', channel: 'c1', number: '+33561551234', dialled: null, people: [] }, nine, {
    ...settings,
    closure,
  })
  return effects.flatMap((e) => (e.type === 'play' ? e.sounds : []))
}

describe('the closed message', () => {
  it('is the usual one when no closure has its own', () => {
    expect(heardWith(null)).toEqual([
      'sound:guichet/other-language',
      'sound:guichet/closed',
      'sound:guichet/message-other-number',
      'sound:guichet/after-the-tone',
    ])
  })

  it('begins with the closure’s own announcement while it applies, then says all that does not depend on the hours', () => {
    expect(heardWith('closure-noel')).toEqual([
      'sound:guichet/other-language',
      'sound:guichet/closure-noel',
      'sound:guichet/closed-otherwise',
      'sound:guichet/message-other-number',
      'sound:guichet/after-the-tone',
    ])
    const texts = spokenAnnouncements({ name: 'Guichet', hours: { fr: 'de 8 h à 9 h', en: 'from 8 to 9' }, limitMinutes: 15 })
    for (const language of ['fr', 'en'] as const) {
      const [usual, otherwise] = ['closed', 'closed-otherwise'].map(
        (name) => texts.find((s) => s.name === name && s.language === language)?.text,
      )
      expect(usual?.endsWith(otherwise ?? '?')).toBe(true)
      expect(otherwise).not.toMatch(/de 8 h|from 8/)
    }
  })
})
