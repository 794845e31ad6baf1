import { Client } from 'pg'

const subjects = [
  'Accès',
  'Mot de passe',
  'Imprimante',
  'Réseau',
  'Messagerie',
  'Licence',
  'Vidéoprojecteur',
  'Sauvegarde',
  'Partage',
  'Téléphone',
]
const things = [
  'Moodle',
  'Matlab',
  'eduroam',
  'Zimbra',
  'Apogée',
  'Sifac',
  'VPN',
  'amphithéâtre',
  'salle de réunion',
  'serveur',
  'poste fixe',
  'portable',
]
const troubles = [
  'bloqué',
  'lent',
  'en panne',
  'refusé',
  'introuvable',
  'à installer',
  'à renouveler',
  'coupé depuis ce matin',
  'illisible',
  'perdu',
]
const given = ['Claire', 'Émilie', 'Zoé', 'Ahmed', 'Thomas', 'Inès', 'Jean-Pierre', 'Fatou', 'Luc', 'Sara', 'François', 'Hélène']
const family = ['Dubois', 'Lefèvre', 'Benali', 'Nguyễn', 'Martin', 'Castagné', 'Girard', 'Faure', 'Lacombe', 'Müller', 'Durand', 'Petit']
const steps = [
  'redémarrage',
  'mise à jour',
  'câble remplacé',
  'session fermée',
  'certificat expiré',
  'pilote réinstallé',
  'quota augmenté',
  'prise testée',
]
export const words = { steps, subjects, things, troubles, given, family }

/** As the service writes moments into documents. */
const iso = (moment: string) => `to_char((${moment}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const one = (from: string) => `(${from})[1 + floor(random() * array_length(${from}, 1))::int]`

/**
 * A university of that many people and that many tickets, nearly all closed, the same at each run.
 * What the database keeps row by row is drawn once, at the end: 200,000 tickets take a minute and a half on two quiet cores.
 * @param say how far it is
 */
export async function fill(url: string, people: number, tickets: number, say: (text: string) => void = () => undefined): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'")
    const { rows: kept } = await client.query<{ indexdef: string }>("select indexdef from pg_indexes where indexname = 'tickets_search'")
    await client.query(
      'drop index tickets_search; alter table tickets disable trigger user; alter table ticket_journal disable trigger user; alter table ticket_texts disable trigger ticket_texts_words',
    )
    await client.query('select setseed(0.42)')
    say('personnes')
    await client.query(
      `insert into people (id, name, email, phones, affiliation, unit, login, source)
       select 'bench:' || i, ${one('$1::text[]')} || ' ' || ${one('$2::text[]')} || ' ' || i, 'p' || i || '@univ.example',
         array['+3356100' || lpad((i % 10000)::text, 4, '0')], case when i % 6 = 0 then 'staff' else 'student' end, 'UFR ' || (i % 40), 'p' || i, 'directory'
       from generate_series(1, $3::int) i`,
      [given, family, people],
    )
    say('tickets')
    await client.query(
      `insert into tickets (id, number, title, summary, status, medium, urgency, nature, requester_person_id, requester_name, opened_by, opened_at,
         closed_at, owner_id, owner_name, group_id, waiting, proposal, closed_how, solution, status_since, touched_at)
       select gen_random_uuid(), 20000 + i, ${one('$1::text[]')} || ' ' || ${one('$2::text[]')} || ' ' || ${one('$3::text[]')},
         'Bonjour, ' || ${one('$2::text[]')} || ' ' || ${one('$3::text[]')} || ' au bâtiment ' || (i % 90) || ', poste ' || (i % 5000) || '. Merci.',
         s, (array['phone', 'form', 'mail', 'walk-in'])[1 + i % 4], (array['low', 'normal', 'normal', 'high'])[1 + (i / 4) % 4], ${one('$1::text[]')},
         'bench:' || (1 + i % $4::int), ${one('$5::text[]')} || ' ' || ${one('$6::text[]')}, 'Alice Martin', at,
         case when s = 'closed' then at + interval '1 day' end,
         case when s in ('pre-ticket', 'new', 'redirected') then null else o end, case when s in ('pre-ticket', 'new', 'redirected') then null else o end,
         case when s in ('pre-ticket', 'new') then null else g end,
         case when s = 'waiting' then jsonb_build_object('since', ${iso('at')}, 'what', jsonb_build_object('for', 'user', 'remindAt', null)) end,
         case when s = 'solution-proposed' then jsonb_build_object('at', ${iso('at')}, 'remindAt', null, 'closesAt', ${iso("now() + interval '5 days'")}) end,
         case when s = 'closed' then 'level1' end, case when s in ('closed', 'solution-proposed') then ${one('$2::text[]')} || ' remis en service.' end, at, at
       from (
         select i, now() - ($7::int - i) * interval '8 minutes' as at,
           case when i < $7::int * 0.97 then 'closed'
             else (array['pre-ticket', 'new', 'in-progress', 'in-progress', 'redirected', 'redirected', 'waiting', 'solution-proposed', 'reopened'])[1 + i % 9] end as s,
           (array['alice', 'bruno', 'chloe', 'nadia', 'karim'])[1 + i % 5] as o,
           (array['dsrt', 'dsig', 'psn', 'dtice', 'dprox'])[1 + i % 5] as g
         from generate_series(1, $7::int) i) rows`,
      [subjects, things, troubles, people, given, family, tickets],
    )
    say('journaux')
    await client.query(
      `insert into ticket_journal (ticket_id, at, by_id, by_name, kind)
       select t.id, t.opened_at, 'alice', 'Alice Martin', k from tickets t, (values ('opened'), ('contribution')) as kinds (k) where t.number > 20000`,
    )
    await client.query(
      `insert into ticket_texts (entry_id, text)
       select id, 'Vu avec ' || ${one('$1::text[]')} || ' : ' || ${one('$2::text[]')} || ', ' || ${one('$2::text[]')} || '. Toujours ' || ${one('$3::text[]')} || ' côté ' || ${one('$4::text[]')} || '.'
       from ticket_journal where kind = 'contribution'`,
      [given, steps, troubles, things],
    )
    say('mots')
    await client.query(
      `insert into ticket_words select distinct w from tickets, words_of_ticket(title, summary, requester_name, solution) w
       union select distinct w from ticket_texts, words_of_ticket('', text, '', '') w on conflict do nothing`,
    )
    await client.query("insert into ticket_lexemes select word from ts_stat('select search from tickets') on conflict do nothing")
    say('index')
    await client.query(
      'alter table tickets enable trigger user; alter table ticket_journal enable trigger user; alter table ticket_texts enable trigger ticket_texts_words; select draw_ticket_figures()',
    )
    for (const { indexdef } of kept) await client.query(indexdef)
    await client.query('vacuum analyze tickets, ticket_journal, ticket_texts, ticket_figures, people')
  } finally {
    await client.end()
  }
}
