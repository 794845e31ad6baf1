import { TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { memo, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView, Person } from '../../server/contract/entities.ts'
import { useFoundPeople } from '../api/found-people.ts'
import { PersonField } from '../ui/person-field.tsx'
import type { Draft, RequesterField } from './draft.ts'
import classes from './requester-fields.module.css'

type Props = Pick<Draft, RequesterField | 'personId'> & {
  call: CallView | null
  onEdit: (field: RequesterField, value: string) => void
  onChoose: (person: Person) => void
  emailRef: Ref<HTMLInputElement>
  emailWrong: boolean
}

/** Who asks: filled in from the number, completed from the directory while a name is typed. */
export const RequesterFields = memo(function RequesterFields(props: Props) {
  const { name, email, phone, personId, call, onEdit, onChoose, emailRef, emailWrong } = props
  const { t } = useTranslation()
  const offered = useFoundPeople(personId === null ? name : '')
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
              aria-checked={person.id === personId}
              className={classes.chip}
              onClick={() => onChoose(person)}
            >
              {person.id === personId && <IconCheck size={14} stroke={2} aria-hidden="true" />}
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
          name={name}
          offered={offered}
          onType={(typed) => onEdit('name', typed)}
          onChoose={onChoose}
        />
        <TextInput
          ref={emailRef}
          type="email"
          title={email}
          label={t('form.email')}
          placeholder={t('form.emailNone')}
          value={email}
          maxLength={254}
          error={emailWrong && t('form.emailWrong')}
          onChange={(e) => onEdit('email', e.currentTarget.value)}
          autoComplete="off"
        />
        <TextInput
          type="tel"
          label={t('form.phoneNumber')}
          value={phone}
          maxLength={40}
          onChange={(e) => onEdit('phone', e.currentTarget.value)}
          classNames={{ input: 'g-num' }}
          autoComplete="off"
        />
      </div>
    </fieldset>
  )
})
