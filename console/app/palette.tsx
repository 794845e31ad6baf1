import '@mantine/spotlight/styles.css'
import { useMantineColorScheme, useComputedColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import {
  IconArrowRight,
  IconBuildingCommunity,
  IconId,
  IconKeyboard,
  IconLanguage,
  IconMoon,
  IconPlayerPause,
  IconPhone,
  IconPhoneOutgoing,
  IconSearch,
  IconSettings,
  IconSun,
  IconTicket,
  IconUserPlus,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Person } from '../../server/contract/entities.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { placeCall } from '../api/calling.ts'
import { changeState } from '../api/commands.ts'
import { ticketsQuery } from '../api/queries.ts'
import { useFoundPeople } from '../api/found-people.ts'
import { reveal, searchSettings } from '../administration/settings-search.ts'
import { mayOpen } from '../administration/settings-search-field.tsx'
import { withPerson } from '../desk/draft-edits.ts'
import { draftsOf, replaced, withHand } from '../desk/drafts.ts'
import { useFocusBack } from '../ui/focus-back.ts'
import { folded } from '../ui/folded.ts'
import { changeLanguage } from '../ui/i18n.ts'
import { phoneShown } from '../ui/phone.ts'
import { want } from '../ui/wanted.ts'
import type { Layer } from './layout.tsx'
import classes from './palette.module.css'
import { usePauseReasons } from './pause-reasons.ts'
import { useSession } from './session.ts'
import { isTheirs } from './whose-page.ts'

const [store, spotlight] = createSpotlight()
type Place =
  | '/console'
  | '/console/tickets'
  | '/console/a-rappeler'
  | '/console/courriels'
  | '/console/demo'
  | '/console/entrainement'
  | '/console/groupes'
  | '/console/planning'
  | '/console/perturbations'
  | '/console/connaissances'
  | '/console/indicateurs'
  | '/console/reglages'
type Action = { label: string; icon: ReactNode; run: () => void }
/** The list may be longer than its frame; Spotlight hands this on to its scroll area without naming it. */
const scrolledByKeys = { viewportProps: { tabIndex: 0 } }

const shownPeople = 5
const shownTickets = 6
const shownCallable = 3
const shownSettings = 5

/** People, tickets and actions from one field; shown for as long as it is mounted. */
export default function Palette({ onClose, onOpen }: { onClose: () => void; onOpen: (layer: Layer) => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  useFocusBack()
  const [search] = useDebouncedValue(typed.trim(), 150)
  const tickets = useQuery({ ...ticketsQuery({ search, limit: shownTickets }), enabled: search.length >= 2 }).data?.tickets ?? []
  const actions = useActions(onOpen).filter((a) => folded(a.label).includes(folded(typed.trim())))
  useEffect(() => {
    spotlight.open()
    return () => spotlight.close()
  }, [])

  const writeFor = (person: Person) => {
    const drafts = draftsOf(session.id)
    const kept = withHand(drafts.get(), session)
    const hand = kept.drafts.find((d) => d.key === kept.hand)
    if (hand !== undefined) drafts.set(replaced(kept, withPerson(hand, person, phoneShown(person.phones[0]))))
    void navigate({ to: '/console' })
  }
  const someone = useFoundPeople(typed).slice(0, shownPeople)
  const some = search.length >= 2 ? tickets : []
  const settings = mayCall(session, 'PUT /api/settings/:domain')
    ? searchSettings(typed, (page) => mayOpen(session, page)).found.slice(0, shownSettings)
    : []
  const callable = session.extension === null ? [] : someone.filter((p) => p.phones.length > 0).slice(0, shownCallable)
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={460}
      radius={14}
      size={620}
      overlayProps={{ backgroundOpacity: 0.4, blur: 2 }}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      classNames={{ action: classes.action ?? '', search: classes.search ?? '', actionsGroup: classes.group ?? '' }}
    >
      <Spotlight.Search
        placeholder={t('palette.open')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch size={18} stroke={1.6} />}
        maxLength={200}
      />
      <Spotlight.ActionsList {...scrolledByKeys}>
        {someone.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.people')}>
            {someone.map((p) => (
              <Spotlight.Action
                key={p.id}
                leftSection={<IconUserPlus size={18} stroke={1.6} />}
                label={p.name}
                description={[p.unit, phoneShown(p.phones[0]), t('palette.newFor', { who: p.name })].filter(Boolean).join(' · ')}
                onClick={() => writeFor(p)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {someone.length > 0 && (
          <Spotlight.ActionsGroup label={t('people.pages')}>
            {someone.map((p) => (
              <Spotlight.Action
                key={p.id}
                leftSection={<IconId size={18} stroke={1.6} />}
                label={t('people.openPage', { name: p.name })}
                description={[p.title, p.unit].filter(Boolean).join(' · ')}
                onClick={() => void navigate({ to: '/console/personnes/$id', params: { id: p.id } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {callable.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.call')}>
            {callable.map((p) => (
              <Spotlight.Action
                key={p.id}
                leftSection={<IconPhoneOutgoing size={18} stroke={1.6} />}
                label={t('calling.call', { who: p.name })}
                description={phoneShown(p.phones[0])}
                onClick={() => void placeCall(p.phones[0] ?? '')}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {some.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.tickets')}>
            {some.map((x) => (
              <Spotlight.Action
                key={x.id}
                leftSection={<IconTicket size={18} stroke={1.6} />}
                label={x.title}
                description={`n° ${x.number} · ${x.requester.name || t('tickets.noName')} · ${t(`tickets.status.${x.status}`)}`}
                onClick={() => void navigate({ to: '/console/tickets/$number', params: { number: String(x.number) } })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {settings.length > 0 && (
          <Spotlight.ActionsGroup label={t('settings.heading')}>
            {settings.map(({ page, label }) => (
              <Spotlight.Action
                key={`${page.path} ${label}`}
                leftSection={<IconSettings size={18} stroke={1.6} />}
                label={label}
                description={t(`settings.pages.${page.title}`)}
                onClick={() => void navigate({ to: '/console/reglages/$page', params: { page: page.path } }).then(() => reveal(label))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.actions')}>
            {actions.map((a) => (
              <Spotlight.Action key={a.label} leftSection={a.icon} label={a.label} onClick={a.run} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {someone.length + some.length + settings.length + actions.length === 0 && <Spotlight.Empty>{t('palette.none')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function useActions(onOpen: (layer: Layer) => void): readonly Action[] {
  const { t, i18n } = useTranslation()
  const session = useSession()
  const [usualPause = t('state.reasons.break')] = usePauseReasons()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const other = i18n.language === 'fr' ? 'en' : 'fr'
  const go = (to: Place, where: string): Action => ({
    label: t('palette.goTo', { where }),
    icon: <IconArrowRight size={18} stroke={1.6} />,
    run: () => void navigate({ to }),
  })
  const theirs = (to: Place, where: string) => (isTheirs(session, to) ? [go(to, where)] : [])
  return [
    {
      label: t('form.newTicket'),
      icon: <IconTicket size={18} stroke={1.6} />,
      run: () => {
        const drafts = draftsOf(session.id)
        const kept = withHand(drafts.get(), session)
        drafts.set(kept)
        want(kept.hand ?? '')
        void navigate({ to: '/console' })
      },
    },
    ...(session.extension === null
      ? []
      : [
          {
            label: t('calling.dial'),
            icon: <IconPhoneOutgoing size={18} stroke={1.6} />,
            run: () => window.setTimeout(() => onOpen('dial')),
          },
          { label: t('state.goReady'), icon: <IconPhone size={18} stroke={1.6} />, run: () => changeState({ state: 'ready' }) },
          {
            label: t('state.pauseFor'),
            icon: <IconPlayerPause size={18} stroke={1.6} />,
            run: () => changeState({ state: 'paused', reason: usualPause }),
          },
          {
            label: t('duty.frontDesk'),
            icon: <IconBuildingCommunity size={18} stroke={1.6} />,
            run: () => changeState({ state: 'front-desk' }),
          },
        ]),
    ...(mayCall(session, 'GET /api/calls') ? [go('/console', t('nav.desk'))] : []),
    go('/console/tickets', t('nav.tickets')),
    ...theirs('/console/a-rappeler', t('nav.messages')),
    go('/console/groupes', t('nav.groups')),
    go('/console/perturbations', t('nav.disruptions')),
    go('/console/connaissances', t('nav.knowledge')),
    ...theirs('/console/planning', t('nav.rota')),
    ...theirs('/console/indicateurs', t('nav.indicators')),
    ...theirs('/console/reglages', t('nav.settings')),
    ...theirs('/console/courriels', t('nav.mails')),
    ...(session.demo ? [go('/console/demo', t('nav.demo')), ...theirs('/console/entrainement', t('training.heading'))] : []),
    {
      label: t(dark ? 'palette.light' : 'palette.dark'),
      icon: dark ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      label: other === 'en' ? t('palette.english') : t('palette.french'),
      icon: <IconLanguage size={18} stroke={1.6} />,
      run: () => void changeLanguage(other),
    },
    { label: t('menu.shortcuts'), icon: <IconKeyboard size={18} stroke={1.6} />, run: () => window.setTimeout(() => onOpen('help')) },
  ]
}
