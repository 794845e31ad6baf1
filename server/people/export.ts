import { showNumber } from '../calls/number.ts'
import { withFirst } from '../contract/first-of-month.ts'
import { checkStatesFr } from '../contract/words-fr.ts'
import type { Everything } from '../database/privacy-store.ts'
import { stateOf } from './identity.ts'
import { journalSaid } from './journal-said.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)

type Options = {
  readonly desk: string
  readonly at: Date
  readonly timeZone: string
  /** In base64; null: not carried along, or gone. */
  readonly soundOf: (messageOrRecordingId: string) => string | null
}

/**
 * All that is held about somebody as one page that needs nothing else: read in any browser, printed, with its sounds, and the same as JSON
 * at its end for a machine.
 */
export function exportPage(all: Everything, { desk, at, timeZone, soundOf }: Options): string {
  const format = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short', timeZone })
  const when = (moment: Date | string | null) => (moment === null ? '' : withFirst(format.format(new Date(moment))))
  const phone = (number: string | null) => (number === null ? null : showNumber(number))
  const rows = (facts: readonly (readonly [string, string | null])[]) =>
    `<table>${facts
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `<tr><th scope="row">${safe(name)}</th><td>${safe(value ?? '')}</td></tr>`)
      .join('')}</table>`
  const section = (heading: string, parts: readonly string[]) =>
    `<section><h2>${safe(heading)} (${parts.length})</h2>${parts.length === 0 ? '<p>Rien.</p>' : parts.join('')}</section>`
  /** Who did what, and what they wrote; a mail's line says all of it, whoever is in copy is in what was done. */
  const entry = (line: Everything['tickets'][number]['journal'][number]) => {
    const done = line.kind === 'mail' ? safe(line.text) : `${safe(line.by)} ${safe(journalSaid(line, when))}`
    return `<li>${when(line.at)}, ${done}${line.text === '' || line.kind === 'mail' || line.kind === 'observer' ? '' : ` : ${safe(line.text)}`}</li>`
  }
  const player = (id: string, kept: boolean) => {
    const sound = soundOf(id)
    if (sound !== null) return `<audio controls src="data:audio/wav;base64,${sound}"></audio>`
    return kept ? '<p>Le son n’est pas joint à ce fichier : demandez-le au guichet.</p>' : ''
  }
  const noted = (kind: 'refused' | 'nothing', callId: string) =>
    all.refusals.find((one) => one.call_id === callId && one.kind === kind)?.reason ?? null
  const { person } = all
  const sections = [
    section(
      'Numéros retenus par le guichet',
      all.numbers.map(({ number, byName, at: since }) =>
        rows([
          ['Numéro', showNumber(number)],
          ['Retenu par', byName],
          ['Le', when(since)],
        ]),
      ),
    ),
    section(
      'Notes',
      all.notes.map((note) =>
        rows([
          ['Texte', note.text ?? '(effacé)'],
          ['Motif', note.reason],
          ['Par', note.byName],
          ['Le', when(note.at)],
        ]),
      ),
    ),
    section(
      'Vérifications d’identité',
      all.checks.map((check) =>
        rows([
          check.means === 'card' ? ['Carte vue', 'sur place'] : ['Code envoyé à', check.sentTo],
          ['Par', check.byName],
          ['Le', when(check.at)],
          ['Issue', checkStatesFr[stateOf({ ...check, expiresAt: check.expiresAt.getTime() }, at.getTime())]],
        ]),
      ),
    ),
    section(
      'Tickets',
      all.tickets.map(
        (ticket) =>
          `<article><h3>n° ${ticket.number} – ${safe(ticket.title)}</h3>${rows([
            ['Ouvert le', when(ticket.openedAt)],
            ['Clos le', when(ticket.closedAt)],
            ['Demandeur', ticket.requesterName],
            ['Courriel', ticket.requesterEmail],
            ['Téléphone', ticket.requesterPhone],
            ['Résumé', ticket.summary],
            ['Solution', ticket.solution],
          ])}<ol>${ticket.journal.map(entry).join('')}</ol></article>`,
      ),
    ),
    section(
      'Tickets en cours d’écriture',
      all.drafts.map((draft) =>
        rows([
          ['Titre', draft.title],
          ['Résumé', draft.summary],
          ['Par', draft.by],
          ['Le', when(draft.at)],
        ]),
      ),
    ),
    section(
      'Tickets d’autres personnes dont vous êtes en copie',
      all.copies.map(({ ticket, at: since }) =>
        rows([
          ['Ticket', `n° ${ticket}`],
          ['Depuis', when(since)],
        ]),
      ),
    ),
    section(
      'Ce que vous avez écrit dans ces tickets',
      all.written.map((line) =>
        rows([
          ['Ticket', `n° ${line.ticket}`],
          ['Texte', line.text],
          ['Le', when(line.at)],
        ]),
      ),
    ),
    section(
      'Visites sur place',
      all.visits.map((visit) =>
        rows([
          ['Ticket', `n° ${visit.ticket}`],
          ['Prévue le', when(visit.starts_at)],
          ['Lieu', visit.place],
          ['Note', visit.note],
          ['Par', visit.visitor],
        ]),
      ),
    ),
    section(
      'Pages partagées pendant un appel sans ticket',
      all.pages.map((line) =>
        rows([
          ['Texte', line.text],
          ['Par', line.by],
          ['Le', when(line.at)],
        ]),
      ),
    ),
    section(
      'Fichiers joints à vos tickets',
      all.files.map((file) =>
        rows([
          ['Nom', file.name],
          ['Taille', `${file.bytes} octets`],
          ['Ticket', `n° ${file.ticket}`],
          ['Le', when(file.at)],
        ]),
      ),
    ),
    section(
      'Appels annoncés par un autre central',
      all.exchangeCalls.map((call) =>
        rows([
          ['Le', when(call.began_at)],
          ['Sens', call.direction === 'in' ? 'reçu' : 'émis'],
          ['Numéro', phone(call.number)],
          ['Fin', when(call.ended_at)],
        ]),
      ),
    ),
    section(
      'Machines liées à vos tickets',
      all.machines.map((machine) =>
        rows([
          ['Nom', machine.name],
          ['Système', machine.system],
          ['Modèle', machine.model],
          ['N° de série', machine.serial],
          ['Adresse', machine.address],
          ['Ticket', machine.ticket === null ? null : `n° ${machine.ticket}`],
          ['Liée le', when(machine.at)],
        ]),
      ),
    ),
    section(
      'Prises en main à distance',
      all.remote.map((session) =>
        rows([
          ['Machine', session.machine],
          ['Par', session.by],
          ['Début', when(session.started_at)],
          ['Fin', when(session.ended_at)],
          ['Ticket', session.ticket === null ? null : `n° ${session.ticket}`],
        ]),
      ),
    ),
    section(
      'Appels',
      all.calls.map((call) =>
        rows([
          ['Le', when(call.arrivedAt)],
          ['Sens', call.direction === 'in' ? 'reçu' : 'émis'],
          ['Numéro', phone(call.number)],
          ['Répondu le', when(call.answeredAt)],
          ['Fin', when(call.endedAt)],
          ['Votre note', call.rating === null ? null : `${call.rating} sur 5`],
          ['Refus noté', noted('refused', call.id)],
          ['Mot noté', noted('nothing', call.id)],
        ]),
      ),
    ),
    section(
      'Messages vocaux',
      all.messages.map(
        ({ message, transcript }) =>
          `${rows([
            ['Le', when(message.at)],
            ['Durée', `${Math.round(message.seconds)} s`],
            ['Transcription', transcript],
          ])}${player(message.id, message.file !== '')}`,
      ),
    ),
    section(
      'Conversations enregistrées',
      all.recordings.map(
        (recording) =>
          `${rows([
            ['Gardée le', when(recording.kept_at)],
            ['Durée', `${Math.round(recording.seconds)} s`],
          ])}${player(recording.id, true)}`,
      ),
    ),
    section(
      'Rappels',
      all.owed.map((one) =>
        rows([
          ['Numéro', phone(one.number)],
          ['Depuis', when(one.firstAt)],
          ['Soldé le', when(one.settledAt)],
        ]),
      ),
    ),
    section(
      'Notes prises en rappelant',
      all.attempts.map(({ at: tried, by, note }) =>
        rows([
          ['Texte', note],
          ['Par', by],
          ['Le', when(tried)],
        ]),
      ),
    ),
    section(
      'Rappels choisis par demi-heure',
      all.slots.map((slot) =>
        rows([
          ['Prévu le', when(slot.starts_at)],
          ['Numéro', showNumber(slot.number)],
          ['Sujet', slot.subject],
          ['Courriel', slot.email],
          ['Demandé le', when(slot.asked_at)],
        ]),
      ),
    ),
    section(
      'Courriels reçus',
      all.received.map((mail) =>
        rows([
          ['Le', when(mail.at)],
          ['De', mail.from],
          ['Objet', mail.subject],
          ['Texte', mail.text],
          ['Ticket', mail.ticket === null ? null : `n° ${mail.ticket}`],
        ]),
      ),
    ),
    section(
      'Courriels envoyés',
      all.mails.map((mail) =>
        rows([
          ['Le', when(mail.at)],
          ['Objet', mail.subject],
          ['Texte', mail.text],
        ]),
      ),
    ),
    section(
      'Abonnement aux perturbations',
      all.subscriptions.map((one) =>
        rows([
          ['Demandé le', when(one.asked_at)],
          ['Confirmé le', when(one.confirmed_at)],
          ['Quitté le', when(one.left_at)],
        ]),
      ),
    ),
    section('Compte et connexions', [
      ...all.accounts.map((account) =>
        rows([
          ['Identifiant', account.login],
          ['Ouvert le', when(account.created_at)],
          ['Désactivé le', when(account.disabled_at)],
        ]),
      ),
      ...all.sessions.map((session) =>
        rows([
          ['Connexion du', when(session.created_at)],
          ['Vue le', when(session.seen_at)],
          ['Depuis', session.address],
          ['Navigateur', session.browser],
        ]),
      ),
    ]),
  ]
  // A « </script> » inside a text would end the block.
  const json = JSON.stringify(all, null, 1).replaceAll('<', String.raw`\u003c`)
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Données détenues par ${safe(desk)} : ${safe(person.name)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem;color:#14181f}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d0d5dd}h3{font-size:1rem}table{border-collapse:collapse;margin:.4rem 0 .8rem;width:100%}th{text-align:left;font-weight:500;color:#475467;width:11rem;vertical-align:top}td{white-space:pre-wrap;overflow-wrap:anywhere}article{break-inside:avoid}</style></head>
<body><h1>${safe(person.name)}</h1>
<p>Tout ce que « ${safe(desk)} » détient à votre sujet, le ${when(at)}. Les mêmes données, pour une machine, sont à la fin de ce fichier (JSON).</p>
<section><h2>Identité</h2>${rows([
    ['Courriel', person.email],
    ['Numéros', person.phones.map(showNumber).join(', ')],
    ['Service', person.unit],
    ['Bureau', person.place],
    ['Fonction', person.title],
    ['Identifiant', person.login],
    ['Source', person.source === 'directory' ? 'annuaire de l’établissement' : 'université d’exemple, pour essayer le service'],
  ])}</section>
${sections.join('\n')}
<script type="application/json" id="donnees">${json}</script>
</body></html>
`
}
