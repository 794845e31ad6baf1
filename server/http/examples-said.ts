const uuid = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const visitor = {
  personId: null,
  name: 'Camille Petit',
  email: 'camille.petit@univ.example',
  phone: '+33561555501',
  affiliation: 'staff',
  unit: 'Faculté des sciences',
  place: 'Bâtiment B, salle 204',
}
const opening = { title: 'Plus de réseau en salle B204', requester: visitor }

/** Examples that somebody wrote, by route and part (`body`, `query`, `path`, a status): where fields depend on one another. */
export const saidExamples: Readonly<Record<string, unknown>> = {
  'POST /api/tickets body': {
    ...opening,
    summary: 'Aucune prise ne donne de réseau depuis ce matin.',
    medium: 'form',
    idempotencyKey: uuid,
  },
  'GET /api/tickets query': { list: 'all', search: 'réseau' },
  'GET /api/indicators/calls query': { from: '2026-11-02', to: '2026-11-30' },
  'GET /api/indicators/tickets query': { from: '2026-11-02', to: '2026-11-30' },
  'POST /api/rota/weeks body': { from: '2026-11-23', to: '2026-11-30' },
  'PUT /api/settings/:domain path': { domain: 'desk' },
  'PUT /api/settings/:domain body': { version: 3, value: { limitMinutes: 15 } },
}

const anySound = ['audio/wav']
const anyFile = ['application/octet-stream']
const sheets = [
  'text/csv',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]
/** Routes whose good answer is a file, and of which kinds. */
export const binaryAnswers: Readonly<Record<string, readonly string[]>> = {
  'GET /api/calls/:id/page/files/:file': anyFile,
  'GET /api/tickets/export': sheets,
  'GET /api/tickets/:number/attachments/:id': anyFile,
  'GET /api/drafts/:key/attachments/:id': anyFile,
  'GET /api/messages/:id/sound': anySound,
  'GET /api/messages/:id/file': anySound,
  'GET /api/recordings/:id/sound': anySound,
  'GET /api/recordings/:id/file': anySound,
  'GET /api/mails/in/:id/raw': anyFile,
  'GET /api/announcements/sounds/:address': anySound,
  'GET /api/disruptions/public.rss': ['application/rss+xml'],
  'GET /api/disruptions/public.ics': ['text/calendar'],
  'GET /api/articles/pictures/:id': ['image/png', 'image/jpeg', 'image/webp'],
  'GET /api/continuity/sheet': ['text/html'],
  'GET /api/indicators/calls/list/file': sheets,
  'GET /api/indicators/file': sheets,
  'GET /api/indicators/tickets/list/file': sheets,
  'GET /api/staffing/file': sheets,
  'GET /api/people/:id/export': ['text/html', 'application/json'],
  'GET /api/demo/recordings/:id': anySound,
}
