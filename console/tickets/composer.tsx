import { Button, SegmentedControl } from '@mantine/core'
import { IconCheck, IconLock, IconMailForward, IconPaperclip, IconSend2, IconX } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalEntry } from '../../server/contract/entities.ts'
import { useQuery } from '@tanstack/react-query'
import type { Colleagues } from '../../server/contract/colleagues.ts'
import { colleaguesQuery } from '../api/colleagues.ts'
import { bringFile, dropFile } from '../api/attachments.ts'
import { closeTicket } from '../api/commands.ts'
import { contributeTo, proposeSolution } from '../api/ticket-life.ts'
import { momentOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { PhraseField, type PhraseValues } from '../ui/phrase-field.tsx'
import { restOf } from '../ui/rest-of.ts'
import { useShortcuts } from '../ui/shortcuts.ts'
import { useDrop } from '../ui/use-drop.ts'
import { useFilePicker } from '../ui/use-file-picker.tsx'
import { nameOf, useFiles } from '../ui/use-files.ts'
import { WaitingFiles } from '../ui/waiting-files.tsx'
import { replyTo, useWanted } from '../ui/wanted.ts'
import { useStable } from '../ui/stable.ts'
import classes from './composer.module.css'
import { AlsoWriting } from './also-writing.tsx'
import { useCommand } from './use-command.ts'
import { unsentOf, type Unsent } from './unsent.ts'

const none: Colleagues = []
const modes = ['internal', 'public', 'solution'] as const
type Mode = (typeof modes)[number]
type Props = {
  readonly number: number
  /** The account that writes. */
  readonly me: string
  /** Neither a solution nor a closing is wanted of a ticket that has one. */
  readonly solvable: boolean
  readonly cited: JournalEntry | null
  /** What words between braces of a canned answer stand for. */
  readonly values: PhraseValues
  readonly onUncite: () => void
}

/** Adds to a ticket: a note among us, a message that the requester receives, or the solution. The three cannot be mistaken for one another. */
export function Composer({ number, me, solvable, cited, values, onUncite }: Props) {
  const { t } = useTranslation()
  const kept = unsentOf(me)
  const [{ text, mode: chosen }, setTyped] = useState<Unsent>(() => {
    const before = kept.get(number)
    return before === null || (before.mode === 'solution' && !solvable) ? { text: before?.text ?? '', mode: 'internal' } : before
  })
  // Once it is solved, what is typed next is no second solution.
  const mode = chosen === 'solution' && !solvable ? 'internal' : chosen
  const [empty, setEmpty] = useState(false)
  const [early, setEarly] = useState(false)
  const { run, busy, failure } = useCommand()
  const files = useFiles({
    id: `${me}/${number}`,
    bring: (file, name, onProgress) => bringFile(number, file, name, onProgress),
    drop: (id) => dropFile(number, id),
  })
  const colleagues = useQuery(colleaguesQuery).data ?? none
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const write = (change: Partial<Unsent>) => {
    const next = { text, mode, ...change }
    kept.set(number, next)
    setTyped(next)
    setEmpty(false)
  }
  const turn = (next: Mode) => {
    write({ mode: next })
    box.current?.focus()
  }
  useShortcuts([
    { key: 'n', run: () => turn('internal') },
    { key: 'u', run: () => turn('public') },
    ...(solvable ? [{ key: 'v', run: () => turn('solution') }] : []),
  ])
  useWanted((id) => {
    const mine = id === replyTo(number)
    // After the page itself has taken the focus.
    if (mine) window.setTimeout(() => turn('public'))
    return mine
  })
  const known = useStable({ values: () => values })
  const latest = useRef<Unsent>({ text, mode })
  useLayoutEffect(() => {
    latest.current = { text, mode }
  })
  // What is being typed by then, and for whom, stays.
  const sent = () => {
    const now = latest.current
    write({ text: restOf(now.text, text), mode: now.mode })
    files.clear()
    onUncite()
  }
  const send = (closing = false) => {
    const words = text.trim()
    const withFiles = mode !== 'solution' && files.ready.length > 0
    if (words === '' && !withFiles) return setEmpty(true)
    if (mode !== 'solution' && (files.arriving || files.stranded)) return setEarly(true)
    if (mode !== 'solution') {
      const contribution = { text: words, visibility: mode, cites: cited?.id ?? null, attachments: files.ready }
      run(() => contributeTo(number, contribution), t(mode === 'public' ? 'life.done.sent' : 'ticket.added'), sent)
    } else if (closing) run(() => closeTicket(number, words), t('ticket.closed'), sent)
    else run(() => proposeSolution(number, words), t('life.done.proposed'), sent)
  }
  const choose = (given: Iterable<File>) => {
    setEarly(false)
    setEmpty(false)
    files.bring([...given].map((file) => ({ file, name: nameOf(file, t('files.pasted')) })))
  }
  const over = useDrop(form, mode !== 'solution', choose)
  const picker = useFilePicker(choose)
  const notThere = files.arriving ? 'files.stillArriving' : files.stranded ? 'files.stranded' : null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className={classes.composer}
      data-mode={mode}
      data-over={over || undefined}
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className={classes.modes}>
        <SegmentedControl
          size="xs"
          aria-label={t('life.mode')}
          value={mode}
          onChange={turn}
          data={modes.filter((one) => solvable || one !== 'solution').map((value) => ({ value, label: t(`life.modes.${value}`) }))}
        />
        <span className={classes.says}>
          {mode === 'internal' ? (
            <IconLock size={13} stroke={1.8} aria-hidden="true" />
          ) : (
            <IconMailForward size={13} stroke={1.8} aria-hidden="true" />
          )}
          {t(`life.modesSay.${mode}`)}
        </span>
      </div>
      {cited !== null && mode !== 'solution' && (
        <p className={classes.cited}>
          <span>{t('life.correcting', { who: cited.by, when: momentOf(cited.at) })}</span>
          <button type="button" onClick={onUncite} aria-label={t('life.uncite')}>
            <IconX size={14} stroke={1.8} aria-hidden="true" />
          </button>
        </p>
      )}
      <PhraseField
        box={box}
        colleagues={mode === 'internal' ? colleagues : none}
        values={known.values}
        aria-label={t(`life.modes.${mode}`)}
        placeholder={t(`life.placeholders.${mode}`)}
        value={text}
        maxLength={20_000}
        rows={mode === 'internal' ? 3 : 4}
        error={empty ? t('ticket.needed') : early && notThere !== null ? t(notThere) : (failure ?? undefined)}
        onText={(next) => write({ text: next })}
        onKeyDown={onKeyDown}
        classNames={{ input: classes.area ?? '' }}
      />
      <AlsoWriting number={number} text={text} />
      <WaitingFiles files={files.files} onRemove={files.remove} />
      {mode === 'solution' && files.files.length > 0 && <p className={classes.hint}>{t('files.notWithSolution')}</p>}
      <div className={classes.actions}>
        <KeyButton type="submit" loading={busy} leftSection={<IconSend2 size={16} stroke={1.6} />} keys="Ctrl+Enter">
          {t(`life.sends.${mode}`)}
        </KeyButton>
        {mode !== 'solution' && (
          <>
            {picker.input}
            <Button
              variant="default"
              leftSection={<IconPaperclip size={16} stroke={1.7} />}
              onClick={picker.open}
              aria-label={t('files.attachLabel')}
            >
              {t('files.attach')}
            </Button>
            <span className={classes.hint}>{over ? t('files.dropHere') : t('files.hint')}</span>
          </>
        )}
        {mode === 'solution' && (
          <Button variant="default" leftSection={<IconCheck size={16} stroke={1.8} />} onClick={() => send(true)}>
            {t('life.closeNow')}
          </Button>
        )}
      </div>
    </form>
  )
}
