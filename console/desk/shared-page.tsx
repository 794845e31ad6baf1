import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { IconCheck, IconDeviceLaptop, IconFile, IconRefresh, IconShare, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import type { SharedLine, SharedPage as Page } from '../../server/contract/shared-page.ts'
import { told } from '../api/commands.ts'
import { closePage, openPage, pageFileUrl, sharedPageQuery, writeOnPage } from '../api/shared-page.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { timeOf } from '../ui/format.ts'
import { HereDot } from '../ui/here-dot.tsx'
import { Keys } from '../ui/kbd.tsx'
import { PanelHeading } from '../ui/panel.tsx'
import { restOf } from '../ui/rest-of.ts'
import { TakeControl } from '../ui/remote-control.tsx'
import { ariaKey, useShortcuts } from '../ui/shortcuts.ts'
import classes from './shared-page.module.css'

const share = (callId: string) => told(openPage(callId))

/** During a conversation: one key shares a page with the caller, once more gives a new code. */
export function ShareControl({ call }: { readonly call: CallView }) {
  const { t } = useTranslation()
  useShortcuts([{ key: 'P', run: () => share(call.id) }])
  return (
    <button type="button" onClick={() => share(call.id)} title={t('sharedPage.openTitle')} aria-keyshortcuts={ariaKey('Shift+P')}>
      <IconShare size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {t('sharedPage.open')} <Keys keys="Shift+P" />
      </span>
    </button>
  )
}

/** The page that this call's caller has open, or may open by the code; nothing where none was shared. */
export function SharedPanel({ callId }: { readonly callId: string }) {
  const { t } = useTranslation()
  const page = useQuery(sharedPageQuery(callId)).data?.page ?? null
  useHeard(page)
  if (page === null) return null
  return (
    <section className={classes.panel} aria-label={t('sharedPage.heading')}>
      <PanelHeading text={t('sharedPage.heading')} figure={page.open ? undefined : <IconCheck size={14} aria-hidden="true" />} />
      {page.open && page.endsAt === null && <Code page={page} />}
      <p className={classes.presence}>
        <HereDot here={page.screens > 0} />
        {page.callerTypes ? t('sharedPage.types') : t('sharedPage.screens', { count: page.screens })}
        {page.open && (
          <button type="button" onClick={() => told(closePage(callId))}>
            <IconX size={13} stroke={2} aria-hidden="true" />
            {t('sharedPage.close')}
          </button>
        )}
      </p>
      {page.open && page.endsAt !== null && <p className={classes.note}>{t('sharedPage.callOver', { time: timeOf(page.endsAt) })}</p>}
      {!page.open && <p className={classes.note}>{t('sharedPage.over')}</p>}
      {page.lines.length > 0 && <Lines page={page} />}
      {page.open && <Writer page={page} />}
    </section>
  )
}

/** Has screen readers say that the caller has come, and has written. */
function useHeard(page: Page | null): void {
  const { t } = useTranslation()
  const before = useRef<Page | null>(null)
  useEffect(() => {
    const was = before.current
    before.current = page
    if (page === null || was === null || was.callId !== page.callId) return
    const theirs = (one: Page) => one.lines.filter(({ side }) => side === 'caller').length
    if (theirs(page) > theirs(was)) announcePolitely(t('sharedPage.announceWrote'))
    else if (was.screens === 0 && page.screens > 0) announcePolitely(t('sharedPage.announceHere'))
  }, [page, t])
}

/** « 482 913 », as it is read aloud. */
const grouped = (code: string) => (code.length === 8 ? code.replace(/(....)/, '$1 ') : code.replace(/(...)/, '$1 '))

function Code({ page }: { readonly page: Page }) {
  const { t } = useTranslation()
  return (
    <div className={classes.code}>
      <p>
        {t('sharedPage.dictate')} <strong>{page.address}</strong> {t('sharedPage.then')}
      </p>
      {page.code === null ? (
        <p className={classes.used}>{t('sharedPage.used')}</p>
      ) : (
        <p className={`${classes.digits} g-num`}>{grouped(page.code)}</p>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconRefresh size={13} stroke={1.8} />}
        onClick={() => share(page.callId)}
        aria-keyshortcuts={ariaKey('Shift+P')}
      >
        {t('sharedPage.newCode')}
      </Button>
      {page.guessed && <p className={classes.warned}>{t('sharedPage.guessed')}</p>}
    </div>
  )
}

/** It scrolls, and may hold nothing that the keyboard reaches. */
const byKeys = { tabIndex: 0 }

function Lines({ page }: { readonly page: Page }) {
  const { t } = useTranslation()
  const end = useRef<HTMLLIElement>(null)
  const count = page.lines.length
  // A list that is scrolled follows what comes; the page itself stays where it is.
  useEffect(() => {
    const list = end.current?.parentElement
    if (list && count > 0) list.scrollTop = list.scrollHeight
  }, [count])
  return (
    <ol className={classes.lines} aria-label={t('sharedPage.lines')} {...byKeys}>
      {page.lines.map((line) => (
        <Line key={line.id} line={line} callId={page.callId} />
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  )
}

function Line({ line, callId }: { readonly line: SharedLine; readonly callId: string }) {
  const { t } = useTranslation()
  const { kind, side, text } = line
  const did =
    kind === 'text'
      ? null
      : t(kind === 'step' && line.doneAt !== null ? 'sharedPage.did.stepDone' : `sharedPage.did.${kind === 'done' ? 'stepDone' : kind}`)
  return (
    <li data-side={side} data-done={line.doneAt !== null || undefined}>
      <p className={classes.head}>
        <strong>{side === 'caller' ? t('sharedPage.caller') : line.by}</strong>
        {did !== null && <span>{did}</span>}
        {side === 'caller' && line.language !== null && !line.language.startsWith('fr') && (
          <span>{t('sharedPage.language', { language: line.language })}</span>
        )}
        <time dateTime={line.at} className="g-num">
          {timeOf(line.at)}
        </time>
      </p>
      {line.confidential && text === '' ? (
        <p>{t('sharedPage.did.hidden')}</p>
      ) : (
        text !== '' && (
          <p dir="auto" lang={line.language ?? undefined} data-mono={kind === 'spelled' || undefined}>
            {text}
          </p>
        )
      )}
      {line.files.length > 0 && (
        <ul className={classes.files}>
          {line.files.map((file) => (
            <li key={file.id}>
              <a href={pageFileUrl(callId, file.id)} download={file.name} title={file.name}>
                {file.picture === null ? (
                  <IconFile size={16} stroke={1.7} aria-hidden="true" />
                ) : (
                  <img src={pageFileUrl(callId, file.id)} alt="" loading="lazy" />
                )}
                <span>{file.name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

const kinds = ['text', 'spelled', 'step'] as const

function Writer({ page: { callId, remoteUrl } }: { readonly page: Page }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof kinds)[number]>('text')
  const [text, setText] = useState('')
  const [confidential, setConfidential] = useState(false)
  const [sending, setSending] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '' || sending) return
    setSending(true)
    const write = kind === 'spelled' ? { kind, text, confidential } : { kind, text }
    // What was refused stays to be corrected.
    const writing = writeOnPage(callId, write)
    told(writing)
    const shown = await writing.catch(() => null)
    setSending(false)
    if (shown !== null) setText((now) => restOf(now, text))
  }
  return (
    <form className={classes.writer} onSubmit={(event) => void send(event)}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('sharedPage.kind')}
        value={kind}
        onChange={setKind}
        data={kinds.map((value) => ({ value, label: t(`sharedPage.kinds.${value}`) }))}
      />
      <div>
        <TextInput
          size="xs"
          aria-label={t('sharedPage.field')}
          placeholder={t(`sharedPage.placeholder.${kind}`)}
          value={text}
          maxLength={kind === 'spelled' ? 120 : 2_000}
          autoComplete="off"
          spellCheck={kind !== 'spelled'}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" disabled={text.trim() === ''} loading={sending}>
          {t('sharedPage.send')}
        </Button>
      </div>
      {kind === 'spelled' && (
        <Checkbox
          size="xs"
          label={t('sharedPage.confidential')}
          checked={confidential}
          onChange={(event) => setConfidential(event.currentTarget.checked)}
        />
      )}
      {remoteUrl !== null && (
        <p className={classes.remote}>
          <button type="button" onClick={() => told(writeOnPage(callId, { kind: 'remote' }))}>
            <IconDeviceLaptop size={14} stroke={1.8} aria-hidden="true" />
            {t('sharedPage.remote')}
          </button>
          <TakeControl of={{ call: callId, personId: null }} />
        </p>
      )}
    </form>
  )
}
