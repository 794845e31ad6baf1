import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellFailure } from '../api/commands.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './informers-page.module.css'

type Informer = {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly createdBy: string
  readonly seenAt: string | null
}
type Made = { readonly id: string; readonly name: string; readonly url: string }
type Props<I extends Informer, M extends Made> = {
  /** Where the texts of these stand. */
  readonly words: 'exchanges' | 'disruptions.monitors'
  readonly example: string
  readonly label: string
  readonly icon: ReactNode
  readonly query: Pick<UseQueryOptions<I[], Error, I[], string[]>, 'queryKey' | 'queryFn'>
  readonly add: (name: string) => Promise<M>
  readonly revoke: (id: string) => Promise<unknown>
  /** What is shown once beside the address, and how the button that copies it is called. */
  readonly secret?: { readonly of: (made: M) => string; readonly copy: string }
  /** What is told of one beside its name and moments. */
  readonly figures?: (informer: I) => string
}

/** Other systems that may tell the desk something: each has an address or a secret of its own, shown once, and is taken back by one press. */
export function InformersPage<I extends Informer, M extends Made>(props: Props<I, M>) {
  const { words, query, label, icon, secret, figures } = props
  const { t } = useTranslation()
  const [made, setMade] = useState<M | null>(null)
  const found = useQuery(query)
  const all = found.data ?? []
  const revoke = ({ id, name }: Informer) =>
    props.revoke(id).then(() => {
      if (made?.id === id) setMade(null)
      notifications.show({ message: t(`${words}.revoked`, { name }), withBorder: true })
    }, tellFailure)
  return (
    <>
      <p className={classes.intro}>{t(`${words}.intro`)}</p>
      {found.isError && <ReadFailure text={t(`${words}.failed`)} of={found} />}
      <NameForm
        label={t(`${words}.name`)}
        example={props.example}
        add={t(`${words}.add`)}
        onAdd={(name) => props.add(name).then(setMade)}
      />
      {made !== null && (
        <section className={classes.secret} aria-label={t(`${words}.secret`, { name: made.name })} role="status">
          <strong>{t(`${words}.secret`, { name: made.name })}</strong>
          {secret !== undefined && <Copied value={secret.of(made)} label={secret.copy} />}
          <p>{t(`${words}.secretHint`)}</p>
          <Copied value={made.url} label={t(`${words}.copyAddress`)} />
        </section>
      )}
      {found.data?.length === 0 && <Empty icon={icon} heading={t(`${words}.none`)} text={t(`${words}.noneText`)} />}
      {all.length > 0 && (
        <Panel label={label}>
          <ul className={classes.list}>
            {all.map((one) => (
              <li key={one.id}>
                <strong>{one.name}</strong>
                <span>{t(`${words}.made`, { when: fullMoment(one.createdAt), who: one.createdBy })}</span>
                <span>{one.seenAt === null ? t(`${words}.neverSeen`) : t(`${words}.seen`, { when: momentOf(one.seenAt) })}</span>
                {figures !== undefined && <span className="g-num">{figures(one)}</span>}
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t(`${words}.revokeOf`, { name: one.name })}
                  onClick={() => void revoke(one)}
                >
                  {t(`${words}.revoke`)}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function Copied({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <code>
      {value}
      <CopyButton value={value} label={label} />
    </code>
  )
}

type NameFormProps = {
  readonly label: string
  readonly example: string
  readonly add: string
  readonly onAdd: (name: string) => Promise<void>
}

function NameForm({ label, example, add, onAdd }: NameFormProps) {
  const [name, setName] = useState('')
  return (
    <form
      className={classes.tools}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') onAdd(name).then(() => setName(''), tellFailure)
      }}
    >
      <TextInput label={label} placeholder={example} maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" variant="default" leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}>
        {add}
      </Button>
    </form>
  )
}
