import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { NotYours } from '../ui/not-yours.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { isTheirs } from './whose-page.ts'

function nameOf(page: string) {
  switch (page) {
    case '/console/a-rappeler':
      return 'nav.messages'
    case '/console/planning':
      return 'nav.rota'
    case '/console/effectifs':
      return 'staffing.heading'
    case '/console/indicateurs':
      return 'nav.indicators'
    case '/console/indicateurs/envois':
      return 'settings.pages.indicatorMails'
    case '/console/appels/$id':
      return 'story.heading'
    case '/console/entites/$id':
      return 'settings.pages.entities'
    case '/console/courriels':
      return 'nav.mails'
    case '/console/entrainement':
      return 'training.heading'
    default:
      return 'nav.settings'
  }
}

/** @param page its address as the router knows it */
export default function NotYoursPage({ page, session }: { readonly page: string; readonly session: Session }) {
  const { t } = useTranslation()
  const name = t(nameOf(page))
  usePageTitle(name)
  return (
    <Page heading={name}>
      <NotYours name={name} reader={session} isTheirs={(who) => isTheirs(who, page)} />
    </Page>
  )
}
