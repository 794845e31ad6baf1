import type { Ticket } from '../contract/entities.ts'
import type { GroupGesture } from '../tickets/model.ts'
import { html, lines, type Html } from './html.ts'
import { page, type Look } from './layout.ts'
import { groupWords } from './group-words.ts'

export type Offered = readonly GroupGesture[]
export type GroupView = {
  readonly ticket: Ticket
  readonly group: { readonly id: string; readonly name: string }
  /** Where it could go instead. */
  readonly others: readonly { readonly id: string; readonly name: string }[]
  /** What was written to the group with it. */
  readonly word: string
  readonly key: string
  /** Asked for by the link that was followed. */
  readonly gesture: GroupGesture
  /** In whose name; null: nobody's yet. */
  readonly by: { readonly id: string; readonly name: string; readonly treats: boolean; readonly sees: boolean } | null
  readonly said: { readonly kind: 'done'; readonly gesture: GroupGesture } | { readonly kind: 'changed' } | null
  readonly problem: string | null
  readonly typed: string
}

/** What may be done about it still, in the name of somebody of that group. */
export function offered({ ticket, group, by }: Pick<GroupView, 'ticket' | 'group' | 'by'>): Offered {
  if (ticket.groupId !== group.id) return []
  switch (ticket.status) {
    case 'redirected':
    case 'reopened':
      return ['take', 'giveBack', 'ask']
    case 'in-progress':
      return by !== null && ticket.owner?.id === by.id ? ['giveBack', 'ask'] : []
    default:
      return []
  }
}

function standing(look: Look, { ticket, group }: GroupView): string {
  const { over } = groupWords[look.language]
  if (ticket.status === 'closed') return over.closed
  if (ticket.groupId !== group.id) return over.elsewhere
  if (ticket.status === 'in-progress') return over.taken(ticket.owner?.name ?? '')
  return over.waiting
}

function form(look: Look, view: GroupView, gesture: GroupGesture, others: Html | string = ''): Html {
  const t = groupWords[look.language]
  const { key, problem, typed, ticket } = view
  const wrong = gesture === view.gesture ? problem : null
  const box = (id: string, label: string) =>
    html`<div class="field whole"><label for="${id}">${label}</label><textarea id="${id}" name="texte" maxlength="20000" required${wrong !== null && html` aria-invalid="true" aria-describedby="${id}-faux"`}>${gesture === view.gesture ? `\n${typed}` : ''}</textarea>${wrong !== null && html`<p class="wrong" id="${id}-faux" role="alert">${wrong}</p>`}</div>`
  const asked = ticket.requester.email !== null
  const fields = {
    take: '',
    giveBack: html`<div class="fields">${box('pourquoi', t.giveBack.why)}<div class="field whole"><label for="vers">${t.giveBack.to}</label><select id="vers" name="vers"><option value="">${t.giveBack.nobody}</option>${view.others.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div></div>`,
    ask: html`<div class="fields">${box('manque', t.ask.what)}${asked ? html`<div class="field whole"><fieldset class="choices"><legend>${t.ask.of}</legend><label><input type="radio" name="a" value="user" checked> ${t.ask.user}</label><label><input type="radio" name="a" value="desk"> ${t.ask.desk}</label></fieldset></div>` : html`<input type="hidden" name="a" value="desk"><p class="hint">${t.ask.noAddress}</p>`}</div>`,
  }[gesture]
  return html`<form method="post" action="/groupe/${ticket.number}" data-once><input type="hidden" name="cle" value="${key}"><input type="hidden" name="geste" value="${gesture}">
<p class="hint">${t[gesture].says}</p>${fields}<p class="gestures"><button class="button${gesture === view.gesture && ' main'}" type="submit">${t[gesture].send}</button>${others}</p></form>`
}

/** What a ticket sent to a group asks of it. Looking changes nothing: mail scanners and previews follow links too. */
export function groupPage(look: Look, view: GroupView): string {
  const t = groupWords[look.language]
  const { ticket, group, by, word, said, gesture } = view
  const { requester } = ticket
  const who = [requester.phone, requester.email].filter((part) => part !== null && part !== '').join(' · ')
  const may = offered(view)
  const first = may.includes(gesture) ? gesture : may[0]
  const console = html`<p><a href="/console/tickets/${ticket.number}">${t.open}</a></p>`
  const gestures =
    by === null
      ? html`<section class="band warn"><p>${t.signInSays}</p><p class="gestures"><a class="button main" href="/connexion?vers=${encodeURIComponent(look.address)}">${t.signIn}</a></p></section>`
      : !by.treats
        ? html`<div class="band warn" role="status">${t.notTreating}</div>`
        : !by.sees
          ? html`<div class="band warn" role="status">${t.notOfGroup}</div>`
          : html`<section class="card"><h2>${t[first ?? 'take'].title}</h2><p>${t.as(by.name)}</p>${first !== undefined && form(look, { ...view, gesture: first }, first)}</section>
${may.filter((one) => one !== first).map((one) => html`<details class="card"><summary>${t[one].title}</summary>${form(look, { ...view, gesture: first ?? one }, one)}</details>`)}`
  // What it says by now is not for whoever may not see it any more.
  const isHidden = by !== null && !by.sees
  const body = html`<p class="under"><span>${t.title(ticket.number)}</span><span>${t.for(group.name)}</span></p><h1>${isHidden ? t.title(ticket.number) : ticket.title}</h1>
${said?.kind === 'done' && html`<div class="band ok" role="status">${t.done[said.gesture]}</div>`}
${said?.kind === 'changed' && html`<div class="band warn" role="alert">${t.changed}</div>`}
${!isHidden && html`<section class="card"><dl class="facts"><dt>${t.from}</dt><dd>${requester.name || t.unknown}${who !== '' && html`<br><span class="small">${who}</span>`}</dd>${word !== '' && html`<dt>${t.lastWord}</dt><dd>${lines(word)}</dd>`}</dl>${lines(ticket.summary || ticket.title)}</section>`}
${may.length > 0 || (by === null && ticket.groupId === group.id && ticket.status === 'redirected') ? gestures : said === null && html`<div class="band" role="status">${standing(look, view)}</div>`}
${console}`
  return page(look, { title: t.title(ticket.number), body })
}
