import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView, Person } from '../../server/contract/entities.ts'
import { peopleQuery } from '../api/queries.ts'
import { PersonField } from '../ui/person-field.tsx'
import { phoneShown } from '../ui/phone.ts'
import { withPerson, withText, type Draft, type RequesterField } from './draft.ts'
import classes from './requester-fields.module.css'

type Props = { draft: Draft; call: CallView | null; onChange: (draft: Draft) => void; emailRef: Ref<HTMLInputElement>; emailWrong: boolean }

/** Who asks: filled in from the number, completed from the directory while a name is typed. */
export function RequesterFields({ draft, call, onChange, emailRef, emailWrong }: Props) {
  const { t } = useTranslation()
  const [search] = useDebouncedValue(draft.personId === null ? draft.name : '', 200)
  const found = useQuery(peopleQuery(search)).data ?? []
  const choose = (person: Person) => onChange(withPerson(draft, person, phoneShown(person.phones[0])))
  const edit = (field: RequesterField, value: string) => onChange(withText(draft, field, value, new Date().toISOString()))
  const offered = draft.personId === null && search.trim().length >= 2 ? found : []
  return (
    <fieldset className={classes.requester}>
      <legend>{t('form.requester')}</legend>
      {call !== null && call.people.length > 1 && (
        <div className={classes.several} role="radiogroup" aria-label={t('form.whoCalls')}>
          <span>{t('form.whoCalls')}</span>
          {call.people.map((person) => (
            <button
              key={person.id}
              type="button"
              role="radio"
              aria-checked={person.id === draft.personId}
              className={classes.chip}
              onClick={() => choose(person)}
            >
              {person.id === draft.personId && <IconCheck size={14} stroke={2} aria-hidden="true" />}
              {person.name}
              {person.unit !== null && <small>{person.unit}</small>}
            </button>
          ))}
        </div>
      )}
      <div className={classes.fields}>
        <PersonField
          label={t('form.name')}
          placeholder={t('form.namePlaceholder')}
          name={draft.name}
          offered={offered}
          onType={(name) => edit('name', name)}
          onChoose={choose}
        />
        <TextInput
          ref={emailRef}
          type="email"
          title={draft.email}
          label={t('form.email')}
          placeholder={t('form.emailNone')}
          value={draft.email}
          maxLength={254}
          error={emailWrong && t('form.emailWrong')}
          onChange={(e) => edit('email', e.currentTarget.value)}
          autoComplete="off"
        />
        <TextInput
          type="tel"
          label={t('form.phoneNumber')}
          value={draft.phone}
          maxLength={40}
          onChange={(e) => edit('phone', e.currentTarget.value)}
          classNames={{ input: 'g-num' }}
          autoComplete="off"
        />
      </div>
    </fieldset>
  )
}
