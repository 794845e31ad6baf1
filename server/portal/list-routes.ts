import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateSentence } from '../calendar/sentences.ts'
import type { ListAnswer } from '../contract/list-checks.ts'
import type { ListQuestion } from '../database/list-check-store.ts'
import { ServiceError } from '../errors.ts'
import type { PortalParts } from './desk-now.ts'
import { html, lines, type Html } from './html.ts'
import { page as drawn, type Look } from './layout.ts'
import { ofThisSite, page } from './routes.ts'

type Shown = { readonly key: string; readonly wantsNo: boolean; readonly problem: string | null; readonly done: ListAnswer | null }

/** « Toujours exacte ? », by the link of a mail: looking changes nothing, so that a mail scanner answers for nobody. */
export function listRoutes(portal: FastifyInstance, { stores, listLinks, config }: PortalParts): void {
  /** @throws ServiceError `not_found` */
  async function asked(request: FastifyRequest): Promise<{ readonly key: string; readonly question: ListQuestion }> {
    const { key = '' } = request.params as { readonly key?: string }
    const id = listLinks.idOf(key)
    const question = id === null ? null : await stores.listChecks.question(id)
    if (question === null) throw new ServiceError('not_found')
    return { key, question }
  }

  portal.get('/listes/:key', async (request, reply) => {
    const { key, question } = await asked(request)
    const { reponse } = request.query as { readonly reponse?: unknown }
    return page(reply, questionPage(request.look, question, { key, wantsNo: reponse === 'non', problem: null, done: null }))
  })

  portal.post('/listes/:key', async (request, reply): Promise<FastifyReply> => {
    ofThisSite(request, config)
    const { key, question } = await asked(request)
    const { reponse, texte = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    const answer: ListAnswer = reponse === 'oui' ? 'right' : 'wrong'
    const note = answer === 'right' ? '' : texte.trim().slice(0, 2_000)
    const shown: Shown = { key, wantsNo: true, problem: null, done: null }
    if (question.said === null && answer === 'wrong' && note === '')
      return page(reply, questionPage(request.look, question, { ...shown, problem: request.look.t.lists.needText }), 422)
    if (question.said !== null) return page(reply, questionPage(request.look, question, shown), 409)
    try {
      await stores.listChecks.answer(question, answer, note)
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'conflict') throw error
      const { question: now } = await asked(request)
      return page(reply, questionPage(request.look, now, shown), 409)
    }
    return page(reply, questionPage(request.look, question, { ...shown, done: answer }))
  })
}

function members({ t, language }: Look, { group }: ListQuestion): Html {
  const working = group.members.filter(({ part }) => part === 'member')
  if (working.length === 0 && group.mail === null) return html`<p class="wrong">${t.lists.nobody}</p>`
  return html`${group.mail !== null && html`<p>${t.lists.mail}${group.mail}</p>`}<ul>${working.map(({ name, absences: [away] }) => {
    const days = away === undefined ? null : t.lists.away(dateSentence(away.from, away.to, language), away.standIn?.name ?? null)
    return html`<li>${name}${days !== null && html` <span class="small">(${days})</span>`}</li>`
  })}</ul>`
}

function questionPage(look: Look, question: ListQuestion, { key, wantsNo, problem, done }: Shown): string {
  const { t } = look
  const { group, said } = question
  const open = done === null && said === null
  const here = `/listes/${key}`
  const band =
    done !== null
      ? html`<div class="band ok" role="status">${t.lists[done]}</div>`
      : said !== null &&
        html`<div class="band ok" role="status"><p>${t.lists.answered(said.by)} ${t.lists[said.answer]}</p>${said.note !== '' && lines(said.note)}</div>`
  const body = html`<h1>${t.lists.title}</h1><p class="lead">${t.lists.says(group.name)}</p>${band}
<section class="card"><h2>${group.name}</h2>${members(look, question)}</section>
${
  open &&
  html`<form method="post" action="${here}" data-once><input type="hidden" name="reponse" value="oui"><p class="gestures"><button class="button main" type="submit">${t.lists.yes}</button></p></form>
<details class="card"${wantsNo && html` open`}><summary>${t.lists.no}</summary><form method="post" action="${here}" data-once><input type="hidden" name="reponse" value="non">
<div class="field"><label for="texte">${t.lists.what}</label><p class="hint" id="texte-aide">${t.lists.whatHint}</p><textarea id="texte" name="texte" maxlength="2000" required aria-describedby="texte-aide${problem !== null && ' texte-faux'}"${problem !== null && html` aria-invalid="true"`}></textarea>${problem !== null && html`<p class="wrong" id="texte-faux" role="alert">${problem}</p>`}</div>
<p class="gestures"><button class="button" type="submit">${t.lists.send}</button></p></form></details>`
}
<p class="after"><a href="/console/groupes/${encodeURIComponent(group.id)}">${t.lists.console}</a></p>`
  return drawn(look, { title: t.lists.title, body })
}
