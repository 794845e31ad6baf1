import type { Interval } from '../calendar/intervals.ts'
import { momentInWords, slotInWords } from '../calendar/slots.ts'
import type { Article } from '../contract/articles.ts'
import type { Ticket } from '../contract/entities.ts'
import type { TicketPage } from '../database/ticket-queries.ts'
import { articleAddress } from './faq-page.ts'
import { filesField, filesView } from './files-view.ts'
import { html, lines, type Html } from './html.ts'
import { deskPhone, page, type Look } from './layout.ts'
import { publicLines, standingOf } from './standing.ts'
import { callbackWords } from './words-callback.ts'
import { talkWords } from './words-talk.ts'
import { faqWords } from './words-faq.ts'
import { moment } from './words.ts'

export type Following = {
  readonly code: string
  /** When it will be taken up at the latest, when that is known. */
  readonly takenUpBy: string | null
  /** The last moment at which it can be reopened; null: it cannot, or is open. */
  readonly reopenUntil: string | null
  readonly files: { readonly most: number; readonly megabytes: number }
  /** What the page is to say of what was just done; `late`: it was added, and the request had been closed meanwhile. */
  readonly said: 'saved' | 'followed' | 'added' | 'late' | 'confirmed' | 'changed' | null
  /** Articles about some of what was asked, told once it was sent. */
  readonly toRead: readonly Pick<Article, 'number' | 'title'>[]
  /** What was typed and could not be saved, where it belongs, and what is wrong with it. */
  readonly about: 'message' | 'reason'
  readonly problem: string | null
  readonly typed: string
  /** Changes when there is anything new to read. */
  readonly version: string
  /** Whether somebody answers here now, or is asked to already. */
  readonly talk: 'no' | 'may' | 'open'
  /** The desk's address as people type it, for what is printed. */
  readonly site: string
  /** To call from the page; false: that is not offered now. */
  readonly calling: Html | false
}

export const versionOf = ({ touchedAt, status, journal }: Pick<TicketPage, 'touchedAt' | 'status' | 'journal'>): string =>
  `${Date.parse(touchedAt).toString(36)}-${status}-${publicLines(journal, '').length}`

/** What happens next, in a sentence. */
function nextOf({ t, language, timeZone }: Look, ticket: Ticket, { takenUpBy }: Pick<Following, 'takenUpBy'>): string {
  const standing = standingOf(ticket)
  const when = (iso: string, time = true) => moment(iso, language, timeZone, time)
  switch (standing) {
    case 'pre-ticket':
    case 'new':
      return t.next['pre-ticket'](takenUpBy === null ? null : when(takenUpBy))
    case 'unconfirmed':
      if (ticket.light === true) return faqWords[language].toConfirm.where
      return ticket.requester.email === null ? t.next.unconfirmedByCall : t.next.unconfirmed
    case 'in-progress':
      return t.next['in-progress'](ticket.owner?.name ?? t.one.desk)
    case 'waiting': {
      const what = ticket.waiting?.what
      if (what?.for === 'parent') return t.next.waitingParent
      const due = what?.for === 'date' ? what.until : what?.for === 'level3' || what?.for === 'instance' ? what.dueAt : null
      return due === null || due === undefined ? t.next.waiting : t.next.waitingUntil(when(due, false))
    }
    case 'closed':
      return t.next.closed(when(ticket.closedAt ?? ticket.statusSince, false))
    default:
      return t.next[standing]
  }
}

function saved({ t }: Look, { number, requester, unconfirmed }: Ticket, code: string): Html {
  const mail = requester.email
  const then = mail === null ? t.one.savedNoMail : unconfirmed ? t.one.savedConfirm(mail) : t.one.savedMail(mail)
  return html`<div class="band ok" role="status" data-draft-over="guichet-brouillon"><h2>${t.one.saved(number)}</h2><p>${then}</p>${codeView(t.one, code)}</div>`
}
function followedView({ t, language }: Look, { requester, unconfirmed }: Ticket, code: string): Html {
  const { followed, followedByCode, toConfirm } = faqWords[language]
  const asked = unconfirmed && requester.email !== null
  const heading = asked ? toConfirm.said : requester.email === null ? followedByCode : followed
  return html`<div class="band ${asked ? 'warn' : 'ok'}" role="status" data-draft-over="guichet-brouillon"><h2>${heading}</h2>${
    asked && html`<p>${toConfirm.says(requester.email ?? '')}</p>`
  }${codeView(t.one, code)}</div>`
}
/** What may answer in the meantime. */
const readingView = ({ language }: Look, toRead: Following['toRead']): Html | false =>
  toRead.length > 0 &&
  html`<div class="band noprint"><p><strong>${faqWords[language].help.meanwhile}</strong></p><ul>${toRead.map((one) => html`<li><a href="${articleAddress(one)}">${one.title}</a></li>`)}</ul></div>`
const codeView = (t: Look['t']['one'], code: string) =>
  html`<p><span class="small">${t.code}</span><br><span class="code">${code}</span><br><span class="small">${t.codeSays}</span></p>`

const isProposed = ({ status, proposal }: Ticket) => status === 'solution-proposed' && proposal !== null

/** Why not, or why again; what was typed comes back with it. */
function reasonField(label: string, { about, problem, typed }: Following): Html {
  const wrong = about === 'reason' ? problem : null
  return html`<div class="field"><label for="raison">${label}</label><textarea id="raison" name="raison" maxlength="20000" required${wrong !== null && html` aria-invalid="true" aria-describedby="raison-faux"`}>${about === 'reason' && `\n${typed}`}</textarea>${wrong !== null && html`<p class="wrong" id="raison-faux" role="alert">${wrong}</p>`}</div>`
}

function gesture(look: Look, ticket: Ticket, following: Following): Html | false {
  const { reopenUntil, about } = following
  const { t, language, timeZone } = look
  const open = about === 'reason' && html` open`
  const at = `/demandes/${ticket.number}`
  const when = (iso: string) => moment(iso, language, timeZone, false)
  if (isProposed(ticket) && ticket.proposal !== null)
    return html`<section class="band warn"><h2>${t.one.proposed(ticket.owner?.name ?? t.one.desk)}</h2>${lines(ticket.solution ?? '')}
<p><strong>${t.one.question}</strong></p>
<form method="post" action="${at}/reponse" data-once><input type="hidden" name="propose" value="${ticket.proposal.at}"><input type="hidden" name="reponse" value="oui"><p class="gestures"><button class="button main" type="submit">${t.one.yes}</button></p></form>
<details${open}><summary>${t.one.no}</summary><form method="post" action="${at}/reponse" data-once><input type="hidden" name="propose" value="${ticket.proposal.at}"><input type="hidden" name="reponse" value="non">
${reasonField(t.one.why, following)}<p class="gestures"><button class="button" type="submit">${t.one.whySend}</button></p></form></details>
<p class="small">${t.one.deadline(when(ticket.proposal.closesAt))}</p></section>`
  if (reopenUntil === null) return false
  return html`<details class="card"${open}><summary>${t.one.reopen}</summary><form method="post" action="${at}/rouvrir" data-once>${reasonField(t.one.reopenHint, following)}
<p class="gestures"><button class="button main" type="submit">${t.one.reopenSend}</button> <span class="hint">${t.one.reopenUntil(when(reopenUntil))}</span></p></form></details>`
}

/** How an answer reaches a requester who does not read it here: nothing is written to an address that nobody has confirmed. */
const answerWay = ({ unconfirmed, requester }: Ticket): 'mail' | 'confirm' | 'code' =>
  requester.email === null ? 'code' : unconfirmed ? 'confirm' : 'mail'

function adding(look: Look, ticket: Ticket, { files, about, talk, ...back }: Following): Html | false {
  const { t } = look
  if (ticket.status === 'closed') return false
  const { problem, typed } = about === 'message' ? back : { problem: null, typed: '' }
  const talking = talkWords[look.language]
  return html`<section class="card" data-adding="${talk}"><h2>${talk === 'open' ? talking.write : t.one.add}</h2><form method="post" action="/demandes/${ticket.number}/message" enctype="multipart/form-data" data-once>
<div class="fields"><div class="field whole"><label for="texte">${talk === 'open' ? talking.writeHint : t.one.addHint}</label><textarea id="texte" name="texte" maxlength="20000"${problem !== null && html` aria-invalid="true" aria-describedby="texte-faux"`}>${`\n${typed}`}</textarea>${problem !== null && html`<p class="wrong" id="texte-faux" role="alert">${problem}</p>`}</div>${filesField(look, files)}</div>
<p class="gestures"><button class="button main" type="submit" data-sending="${t.ask.sending}"${talk === 'open' && html` name="discuter" value="1"`}>${talk === 'open' ? talking.send : t.one.addSend}</button>${talk === 'may' && html` <button class="button" type="submit" name="discuter" value="1">${talking.begin}</button>`}</p><p class="hint"${talk !== 'may' && html` hidden`}>${talking.beginSays} ${talking.leaving[answerWay(ticket)]}</p></form></section>`
}

const cancelling = ({ t }: Look, { number, status }: Ticket): Html | false =>
  status !== 'closed' &&
  status !== 'solution-proposed' &&
  html`<details class="card"><summary>${t.one.cancel}</summary><form method="post" action="/demandes/${number}/annuler" data-once><div class="field"><label for="motif">${t.one.cancelHint}</label><input type="text" id="motif" name="raison" maxlength="500"></div><p class="gestures"><button class="button" type="submit">${t.one.cancelSend}</button></p></form></details>`

/** One request, as its author follows it: only what is public of it. */
export function requestPage(look: Look, ticket: TicketPage, following: Following): string {
  const { t, language, timeZone } = look
  const standing = standingOf(ticket)
  const filesOf = Map.groupBy(ticket.attachments, ({ entryId }) => entryId)
  const all = publicLines(ticket.journal, ticket.requester.name)
  const { said } = following
  // A reason that nothing asks for any more is a message to whoever has it now.
  const shown: Following = isProposed(ticket) || following.reopenUntil !== null ? following : { ...following, about: 'message' }
  const asked = html`<section class="card"><h2>${all.some(({ kind }) => kind === 'recorded') ? t.one.recorded : t.one.asked}</h2>${ticket.summary.trim() === '' ? lines(ticket.title) : lines(ticket.summary)}
${ticket.asked !== null && html`<dl class="facts">${(['qualification', 'place', 'contact'] as const).map((field) => ticket.asked?.[field] != null && html`<dt>${t.ask[field]}</dt><dd>${ticket.asked[field]}</dd>`)}</dl>`}</section>`
  // Who talks has what is said, and where to answer, before anything else.
  const talking = following.talk === 'open'
  const words = talkWords[look.language]
  const last = all.findLast(({ kind }) => kind === 'contribution')
  const turn = last === undefined || last.mine || last.by === null ? words.open : words.answered(last.by)
  const body = html`<p class="noprint"><a href="/demandes">← ${t.one.back}</a></p>
<p class="onpaper"><strong>${look.desk}</strong><span>${[look.phone, following.site].filter((one) => one !== null).join(' · ')}</span></p>
<h1>${ticket.title}</h1>
<p class="under"><span class="pill" data-status="${standing}">${t.status[standing]}</span><span>${t.one.numbered} <strong>${ticket.number}</strong></span><span>${t.one.opened} ${moment(ticket.openedAt, language, timeZone)}</span>
<button class="button noprint" type="button" data-print hidden>${t.one.print}</button></p>
<div class="band noprint" data-news hidden role="status">${t.one.news} <a href="/demandes/${ticket.number}">${t.one.newsShow}</a></div>
${said === 'saved' && saved(look, ticket, following.code)}
${said === 'saved' && readingView(look, following.toRead)}
${said === 'followed' && followedView(look, ticket, following.code)}
${said === 'added' && html`<div class="band ok" role="status">${t.one.added}</div>`}
${said === 'late' && html`<div class="band warn" role="alert">${following.reopenUntil === null ? t.one.lateOver : t.one.late}</div>`}
${said === 'confirmed' && html`<div class="band ok" role="status">${ticket.light === true ? faqWords[language].followed : t.confirm.done}</div>`}
${said === 'changed' && html`<div class="band warn" role="alert">${t.one.changed}</div>`}
<div data-live="where">${following.talk === 'open' && html`<div class="band ok" role="status"><strong>${turn}</strong> ${words.openSays} ${words.leaving[answerWay(ticket)]}</div>`}
<section class="card" data-version="${following.version}" data-number="${ticket.number}"><h2>${t.one.where}</h2><p class="said">${nextOf(look, ticket, following)}</p></section>
${gesture(look, ticket, shown)}</div>
${!talking && asked}
<section class="card"><h2>${t.one.history}</h2><ol class="timeline" data-live="timeline">${all.map(
    ({
      id,
      at,
      kind,
      by,
      mine,
      text,
      visit,
    }) => html`<li data-key="${id}"${mine && html` data-mine`}><p>${by !== null && html`<strong>${by}</strong> `}${t.did[kind]}${visit !== null && html` <strong>${moment(visit, language, timeZone)}</strong>`} <time datetime="${at}">${moment(at, language, timeZone)}</time></p>
${text !== '' && text !== ticket.summary && text !== ticket.title && lines(text)}${filesView(look, ticket.number, filesOf.get(id) ?? [])}</li>`,
  )}</ol></section>
${adding(look, ticket, shown)}
${talking && asked}
${following.calling && html`<section class="card noprint"><h2>${t.call.heading}</h2>${deskPhone(look)}${following.calling}</section>`}
${cancelling(look, ticket)}
${said !== 'saved' && html`<details class="card noprint"><summary>${t.one.code}</summary>${codeView(t.one, following.code)}</details>`}
<p class="hint after noprint" data-scripted hidden>${t.one.live}</p>`
  return page(look, { title: t.one.title(ticket.number), body, here: '/demandes' })
}

/** A link from a mail that was opened by somebody, or by a machine that reads mails: looking changes nothing. */
export function confirmPage(look: Look, { number, title, summary, light }: Ticket, key: string): string {
  const { t } = look
  const { toConfirm } = faqWords[look.language]
  const words = light === true ? { ...t.confirm, title: toConfirm.title, says: toConfirm.asks, yes: toConfirm.yes } : t.confirm
  const body = html`<h1>${words.title}</h1><p class="lead">${words.says}</p>
<section class="card"><p class="small">${t.one.numbered} ${number}</p><h2>${title}</h2>${lines(summary)}</section>
<form method="post" action="/demandes/${number}/confirmer" data-once><input type="hidden" name="cle" value="${key}"><p class="gestures"><button class="button main" type="submit">${words.yes}</button></p></form>
<p class="hint after">${words.no}</p>`
  return page(look, { title: words.title, body, here: '/demandes' })
}

/** Requests of somebody who is signed in, and those followed by their code on this device. */
export function listPage(
  look: Look,
  {
    theirs,
    followed,
    wrong,
    number,
    callbacks,
    calling,
  }: {
    readonly theirs: readonly Ticket[] | null
    readonly followed: readonly Ticket[]
    readonly wrong: string | null
    readonly number: string
    /** Half hours at which they are to be called back; `reopensMs`: when the desk opens again that is closed then, null: it is open. */
    readonly callbacks: readonly {
      readonly href: string
      readonly slot: Interval
      readonly subject: string
      readonly reopensMs: number | null
    }[]
    readonly calling: Html | false
  },
): string {
  const { t, language, timeZone } = look
  const row = (ticket: Ticket) => {
    const standing = standingOf(ticket)
    return html`<li><a href="/demandes/${ticket.number}"><strong>${ticket.title}</strong><span class="pill" data-status="${standing}">${t.status[standing]}</span><small>${t.one.numbered} ${ticket.number}, ${moment(ticket.openedAt, language, timeZone, false)}</small></a></li>`
  }
  const group = (heading: string, some: readonly Ticket[]) =>
    some.length > 0 && html`<section class="card"><h2>${heading}</h2><ul class="rows">${some.map(row)}</ul></section>`
  const mine = theirs ?? []
  const body = html`<h1>${t.list.title}</h1>
${theirs === null && html`<p class="lead">${t.list.signInWhy} <a href="/connexion?vers=%2Fdemandes">${t.nav.signIn}</a></p>`}
${theirs !== null && mine.length === 0 && html`<section class="card"><h2>${t.list.none}</h2><p>${t.list.noneText}</p><p class="gestures"><a class="button main" href="/demande">${t.form.open}</a></p></section>`}
${callbacks.length > 0 && html`<section class="card"><h2>${callbackWords[language].planned}</h2><ul class="rows">${callbacks.map(({ href, slot, subject, reopensMs }) => html`<li><a href="${href}"><strong>${slotInWords(slot, language, timeZone).whole}</strong>${subject !== '' && html`<small>${subject}</small>`}${reopensMs !== null && html`<small>${callbackWords[language].reopens(momentInWords(reopensMs, language, timeZone))}</small>`}</a></li>`)}</ul></section>`}
${group(
  t.list.open,
  mine.filter(({ status }) => status !== 'closed'),
)}
${group(
  t.list.closed,
  mine.filter(({ status }) => status === 'closed'),
)}
${group(t.list.followed, followed)}
${calling && html`<section class="card noprint"><h2>${t.call.heading}</h2>${deskPhone(look)}${calling}</section>`}
<section class="card"><h2>${t.list.code}</h2><p>${t.list.codeSays}</p>
<form method="post" action="/demandes"><div class="fields"><div class="field"><label for="numero">${t.list.number}</label><input id="numero" name="numero" inputmode="numeric" maxlength="12" value="${number}" required autocomplete="off"></div>
<div class="field"><label for="code">${t.list.codeField}</label><input id="code" name="code" maxlength="20" required autocomplete="off"${wrong !== null && html` aria-invalid="true" aria-describedby="code-faux"`}>${wrong !== null && html`<p class="wrong" id="code-faux" role="alert">${wrong}</p>`}</div></div>
<p class="gestures"><button class="button" type="submit">${t.list.codeSend}</button></p></form></section>`
  return page(look, { title: t.list.title, body, here: '/demandes' })
}

export function signInPage(
  look: Look,
  { to, login, wrong }: { readonly to: string; readonly login: string; readonly wrong: string | null },
): string {
  const { t } = look
  const body = html`<h1>${t.signIn.title}</h1><p class="lead">${t.signIn.says}</p>
<form method="post" action="/connexion"><input type="hidden" name="vers" value="${to}"><fieldset><div class="fields">
<div class="field whole"><label for="identifiant">${t.signIn.login}</label><input id="identifiant" name="identifiant" maxlength="100" required autocomplete="username" autocapitalize="none" spellcheck="false" value="${login}"${wrong !== null && html` aria-invalid="true" aria-describedby="identifiant-faux"`}></div>
<div class="field whole"><label for="mot_de_passe">${t.signIn.password}</label><input id="mot_de_passe" name="mot_de_passe" type="password" maxlength="200" required autocomplete="current-password">${wrong !== null && html`<p class="wrong" id="identifiant-faux" role="alert">${wrong}</p>`}</div></div>
<p class="gestures"><button class="button main" type="submit">${t.signIn.send}</button></p></fieldset></form>`
  return page(look, { title: t.signIn.title, body })
}
