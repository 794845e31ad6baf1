import { Popover, Textarea, type TextareaProps } from '@mantine/core'
import { IconAt, IconBlockquote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleagues } from '../../server/contract/colleagues.ts'
import { filledIn, type PhraseWord } from '../../server/contract/phrase-words.ts'
import { settingsQuery } from '../api/settings.ts'
import { Finder, type Findable } from './finder.tsx'
import { folded } from './folded.ts'
import { ariaKey } from './shortcuts.ts'

export type PhraseValues = Partial<Readonly<Record<PhraseWord, string>>>
type Props = Omit<TextareaProps, 'value' | 'onChange'> & {
  readonly value: string
  readonly onText: (text: string) => void
  /** What words between braces stand for here. */
  readonly values: () => PhraseValues
  /** Who may be named by « @ »; nobody unless said. */
  readonly colleagues?: Colleagues
  readonly box?: RefObject<HTMLTextAreaElement | null>
}
type Found = Findable & { readonly put: string }

/** A text in which « / », where a word begins, offers the canned answers, and « @ » who may be named; Escape leaves the sign. */
export const PhraseField = memo(function PhraseField({ value, onText, values, colleagues = [], box, onKeyDown, ...rest }: Props) {
  const { t } = useTranslation()
  const own = useRef<HTMLTextAreaElement>(null)
  const area = box ?? own
  const [at, setAt] = useState<number | null>(null)
  const [typed, setTyped] = useState('')
  const [sign, setSign] = useState<'/' | '@'>('/')
  const answers = useQuery(settingsQuery).data?.phrases.value.answers ?? []
  const put = (text: string) => {
    const place = at ?? value.length
    const end = place + text.length
    setAt(null)
    setTyped('')
    onText(value.slice(0, place) + text + value.slice(place))
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(end, end)
    })
  }
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const place = event.currentTarget.selectionStart
    const begins = place === 0 || /\s/.test(value[place - 1] ?? '')
    if (event.key === '/' && begins && answers.length > 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      setSign('/')
      setAt(place)
    } else if (event.key === '@' && begins && colleagues.length > 0) {
      event.preventDefault()
      setSign('@')
      setAt(place)
    } else onKeyDown?.(event)
  }
  const wanted = folded(typed.trim())
  const known = at === null ? {} : values()
  const phrases = answers
    .filter(({ name, text }) => folded(`${name} ${text}`).includes(wanted))
    .map(
      (answer): Found => ({
        key: answer.id,
        icon: <IconBlockquote size={17} stroke={1.6} aria-hidden="true" />,
        label: answer.name,
        detail: filledIn(answer.text, known).replaceAll('\n', ' '),
        put: filledIn(answer.text, known),
      }),
    )
  const people = colleagues
    .filter(({ name, login }) => folded(`${name} ${login}`).includes(wanted))
    .slice(0, 8)
    .map(
      ({ id, name, login }): Found => ({
        key: id,
        icon: <IconAt size={17} stroke={1.6} aria-hidden="true" />,
        label: name,
        detail: login,
        put: `@${name} `,
      }),
    )
  const mentions = sign === '@'
  return (
    <Popover
      opened={at !== null}
      onChange={(open) => !open && at !== null && put(sign)}
      position="bottom-start"
      shadow="md"
      width={420}
      radius={12}
      trapFocus
      // What it opens from is a text, which has no state to tell.
      withRoles={false}
    >
      <Popover.Target>
        <Textarea
          ref={area}
          value={value}
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={pressed}
          {...rest}
          aria-keyshortcuts={ariaKey('/')}
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" p={14} maw="calc(100vw - 24px)" aria-label={t(mentions ? 'work.mention' : 'phrases.label')}>
        {at !== null && (
          <Finder
            label={t(mentions ? 'work.mention' : 'phrases.label')}
            placeholder={t(mentions ? 'work.mentionExample' : 'phrases.search')}
            typed={typed}
            onType={setTyped}
            found={mentions ? people : phrases}
            none={t(mentions ? 'work.mentionNone' : 'phrases.none')}
            onChoose={(chosen) => put(chosen.put)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
})
