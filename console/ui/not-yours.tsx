import { Button } from '@mantine/core'
import { IconSignRight } from '@tabler/icons-react'
import { Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../server/contract/entities.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { Empty } from './empty.tsx'

const atWork: readonly Role[] = ['operator', 'supervisor', 'administrator', 'level2', 'referent']

type Reader = { readonly role: Role; readonly demo: boolean }

/** In place of a page that was opened by its address and is somebody else's: whose it is, and the way back. */
export function NotYours({
  name,
  reader,
  isTheirs,
}: {
  readonly name: string
  readonly reader: Reader
  readonly isTheirs: (who: Reader) => boolean
}) {
  const { t, i18n } = useTranslation()
  const router = useRouter()
  const back = useCanGoBack()
  const whose = atWork.filter((role) => isTheirs({ ...reader, role })).map((role) => t(`notYours.for.${role}`))
  const desk = mayCall(reader, 'GET /api/calls')
  return (
    <Empty
      icon={<IconSignRight size={24} stroke={1.6} />}
      heading={t('notYours.heading', { name })}
      text={`${t('notYours.text', { whose: new Intl.ListFormat(i18n.language).format(whose) })} ${t(`notYours.own.${reader.role}`)}`}
    >
      <Button variant={back ? 'default' : 'filled'} renderRoot={(props) => <Link to={desk ? '/console' : '/console/tickets'} {...props} />}>
        {t(desk ? 'notYours.toDesk' : 'notYours.toTickets')}
      </Button>
      {back && <Button onClick={() => router.history.back()}>{t('notYours.back')}</Button>}
    </Empty>
  )
}
