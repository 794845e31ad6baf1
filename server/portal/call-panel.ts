import { html, type Html } from './html.ts'
import { icons, type Look } from './layout.ts'
import { callProblem, callWords } from './words-call.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const problems = ['unsupported', 'insecure', 'denied', 'absent', 'network', 'media'] as const

/**
 * Calling from the page: a button that a script shows, and what it becomes. Without scripts there is the number.
 * @param ticket the request whose page it is; null: none
 */
export function callPanel(look: Look, ticket: number | null = null): Html {
  const t = callWords[look.language]
  const named = (key: string) => (key === '*' ? t.star : key === '#' ? t.hash : key)
  return html`<div data-call${ticket !== null && html` data-ticket="${ticket}"`} data-leave="${t.leave}" data-again="${t.again}" data-reloaded="${t.reloaded}" data-lost="${t.lost}" data-unheard="${t.unheard}" data-asking="${t.asking}" data-connecting="${t.connecting}"
${problems.map((problem) => html` data-${problem}="${callProblem(t, problem, look.phone)}"`)} hidden>
<div data-call-before><p class="gestures"><button class="button main" type="button" data-call-start>${icons.phone}<span>${t.start}</span></button></p>
<p class="hint">${t.startSays}${look.session !== null && html` ${t.startSure(look.session.name)}`}</p></div>
<p class="band warn" data-call-end role="status" hidden></p>
<section class="calling" data-call-now aria-label="${t.heading}" hidden>
<p class="call-state"><strong data-call-title role="status"></strong> <span data-call-time></span></p>
<p class="hint" data-call-hint></p>
<p class="band warn" data-call-unheard role="status" hidden></p>
<div class="call-choices" data-call-choices role="group" aria-label="${t.choices}" hidden></div>
<details class="call-said" data-call-said hidden open><summary>${t.said}</summary><div></div></details>
<details class="call-keys" data-call-keys hidden><summary>${t.keypad}</summary><div role="group" aria-label="${t.keypad}">${keys.map(
    (key) => html`<button class="button" type="button" data-key="${key}" aria-label="${t.key(named(key))}">${key}</button>`,
  )}</div><p class="hint" data-call-typed aria-live="polite"></p></details>
<p class="gestures"><button class="button" type="button" data-call-mute aria-pressed="false" disabled>${t.mute}</button>
<button class="button bad" type="button" data-call-stop>${t.hangUp}</button></p></section></div>`
}
