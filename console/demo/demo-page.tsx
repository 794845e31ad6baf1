import { Button, NativeSelect, Switch } from '@mantine/core'
import { IconPhoneOutgoing, IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayCall } from '../../server/contract/rights.ts'
import { placeDemoCall, switchDemo, tellFailure } from '../api/commands.ts'
import { demoQuery, portalQuery, queryClient, sessionQuery, type DemoState } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Logo } from '../ui/logo.tsx'
import { useDeskName, usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { Callers, type Caller } from './callers.tsx'
import classes from './demo-page.module.css'
import { Recordings } from './recordings.tsx'

/** While a call may be going on, its recordings are asked for at this pace. */
const askEveryMs = 3_000

/** The demonstration, open to whoever can see this machine. */
export function PublicDemoPage() {
  const { t } = useTranslation()
  const name = useDeskName(useQuery(portalQuery).data?.name)
  return (
    <div className={classes.public}>
      <header className={classes.top}>
        <a href="/" className={classes.brand}>
          <Logo size={30} />
          {name ?? t('name.short')}
        </a>
        <LanguageSwitch />
        <Button variant="default" size="xs" renderRoot={(props) => <Link to="/console" {...props} />}>
          {t('demo.toConsole')}
        </Button>
      </header>
      <main>
        <DemoPage />
      </main>
    </div>
  )
}

export function DemoPage() {
  const { t } = useTranslation()
  const demo = useQuery({ ...demoQuery, refetchInterval: askEveryMs })
  usePageTitle(t('demo.heading'))
  return (
    <Page heading={t('demo.heading')}>
      {demo.isError && demo.data === undefined && <ReadFailure text={t('error.heading')} of={demo} />}
      {demo.data === null && (
        <Empty icon={<IconPlugConnectedX size={24} stroke={1.6} />} heading={t('demo.absent')} text={t('demo.absentText')} />
      )}
      {demo.data != null && <Shown demo={demo.data} />}
    </Page>
  )
}

function Shown({ demo }: { demo: DemoState }) {
  const { t } = useTranslation()
  const [line, setLine] = useState<string | null>(null)
  // The public page asks nobody who they are: it leads to the sign-in.
  const reader = queryClient.getQueryData(sessionQuery.queryKey) ?? null
  const trains = reader === null || mayCall(reader, 'GET /api/demo/training')
  const call = useMutation({
    mutationFn: (caller: Caller) => placeDemoCall({ ...caller.call, line }),
    onError: (error) => tellFailure(error),
  })
  const toggle = useMutation({
    mutationFn: switchDemo,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['demo'] }),
    onError: (error) => tellFailure(error),
  })
  return (
    <>
      <p className={classes.intro}>{t('demo.intro')}</p>
      <div className={classes.columns}>
        <Panel heading={t('demo.callers')}>
          {demo.lines.length > 1 && (
            <div className={classes.block}>
              <NativeSelect
                label={t('lines.demo')}
                value={line ?? demo.lines[0]?.id ?? ''}
                onChange={(event) => setLine(event.currentTarget.value)}
                data={demo.lines.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          )}
          <Callers people={demo.callers} busy={call.isPending ? call.variables.key : null} onCall={(caller) => call.mutate(caller)} />
          {call.isSuccess && (
            <p className={classes.placed} role="status">
              <IconPhoneOutgoing size={16} stroke={1.7} aria-hidden="true" />
              {t('demo.placed', { who: call.variables.name })}
            </p>
          )}
        </Panel>
        <div className={classes.aside}>
          {trains && (
            <Panel heading={t('training.heading')}>
              <div className={classes.block}>
                <p>{t('training.demoText')}</p>
                <Button mt={10} variant="default" renderRoot={(props) => <Link to="/console/entrainement" {...props} />}>
                  {t('training.demo')}
                </Button>
              </div>
            </Panel>
          )}
          <Panel heading={t('demo.hours')}>
            <div className={classes.block}>
              <p>{t('demo.hoursText')}</p>
              <Switch
                mt={10}
                checked={toggle.isPending ? toggle.variables : demo.closed}
                onChange={(event) => toggle.mutate(event.currentTarget.checked)}
                label={t('demo.closed')}
                description={t('demo.closedText')}
              />
            </div>
          </Panel>
          <Panel heading={t('demo.line')}>
            <div className={classes.block}>
              <p className={classes.line}>{demo.deskLine}</p>
              <p>{t('demo.lineText')}</p>
            </div>
          </Panel>
        </div>
      </div>
      <Recordings recordings={demo.recordings} />
    </>
  )
}
