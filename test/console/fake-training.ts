import type { FastifyInstance } from 'fastify'
import type { TrainingDebrief, TrainingState } from '../../server/contract/training.ts'

const id = '5a3b1c00-0000-4000-8000-000000000001'
const debrief: TrainingDebrief = {
  id,
  script: 'premiers-appels',
  startedAt: '2026-11-27T09:00:00.000Z',
  endedAt: '2026-11-27T09:14:00.000Z',
  startedBy: 'Bruno Lefort',
  calls: 2,
  answered: 1,
  longestWaitSeconds: 140,
  meanTalkSeconds: 95,
  unwritten: 0,
  forgotten: 1,
  good: 7,
  of: 9,
  judged: [
    {
      scene: 'mot-de-passe',
      title: 'Mot de passe oublié',
      who: 'Léa Fontaine',
      says: 'Bonjour, j’ai oublié mon mot de passe.',
      lesson: 'Un mot de passe se renouvelle pendant l’appel.',
      expected: { kind: 'solved', categories: ['Compte et accès'], groups: [] },
      operator: 'Bruno Lefort',
      waitSeconds: 8,
      talkSeconds: 95,
      ticket: { number: 10421, title: 'Problème' },
      checks: [
        { name: 'answered', good: true },
        { name: 'title', good: false },
        { name: 'closing', good: true },
      ],
    },
    {
      scene: 'prise',
      title: 'Prise réseau sans signal',
      who: 'Hélène Roux',
      says: 'Bonjour, la prise de mon bureau ne donne plus de réseau.',
      lesson: 'Ce qui demande une intervention part au groupe qui la fera.',
      expected: { kind: 'handed', categories: ['Réseau'], groups: ['dSRT'] },
      operator: null,
      waitSeconds: 140,
      talkSeconds: null,
      ticket: null,
      checks: [{ name: 'called-back', good: false }],
    },
  ],
}

/** Training days: one that was played, and the one that is, once begun. */
export class FakeTraining {
  running: TrainingState['running'] = null

  routes(app: FastifyInstance): void {
    const state = (): TrainingState => ({
      scripts: [
        { id: 'premiers-appels', minutes: 10, calls: 3, disruption: false },
        { id: 'journee', minutes: 35, calls: 10, disruption: true },
      ],
      running: this.running,
      past: [debrief],
    })
    app.get('/api/demo/training', state)
    app.post<{ Body: { script: 'premiers-appels' | 'journee' } }>('/api/demo/training', ({ body }) => {
      this.running = {
        id,
        script: body.script,
        startedAt: new Date().toISOString(),
        startedBy: 'Alice Martin',
        total: 3,
        calls: [{ callId: 'c1', who: 'Léa Fontaine', says: 'J’ai oublié mon mot de passe.', state: 'talking' }],
        allCame: false,
        unwritten: 0,
        toCallBack: 0,
      }
      return state()
    })
    app.post('/api/demo/training/end', () => {
      this.running = null
      return debrief
    })
    app.get('/api/demo/training/:id', () => debrief)
  }
}
