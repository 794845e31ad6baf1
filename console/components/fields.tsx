import { IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { CategorySelect } from '../ui/category-select.tsx'
import { Choice } from '../ui/choice.tsx'
import { Finder, type Findable } from '../ui/finder.tsx'
import { PersonField } from '../ui/person-field.tsx'
import { PersonFinder } from '../ui/person-finder.tsx'
import { PhraseField } from '../ui/phrase-field.tsx'
import { type Sorting, SortingFields } from '../ui/sorting-fields.tsx'
import { WaitingFiles, type WaitingOne } from '../ui/waiting-files.tsx'
import { categories, longName, longWords, people } from './samples.ts'
import type { Shown } from './shown.ts'
import { words } from './words.ts'

const file: WaitingOne = {
  key: 'a',
  name: 'capture.png',
  part: 1,
  attachment: { type: 'image/png', bytes: 340_000 },
  failure: null,
  again: null,
}
const settings = { categories: [...categories] } as Parameters<typeof SortingFields>[0]['settings']
const findable = (label: string, rest: Partial<Findable> = {}): Findable => ({
  key: label,
  icon: <IconUser size={16} aria-hidden="true" />,
  label,
  detail: '',
  ...rest,
})

function OneCategory({ first }: { first: string | null }) {
  const [value, setValue] = useState(first)
  return (
    <CategorySelect
      label={`CategorySelect, ${first ?? '–'}`}
      placeholder="–"
      categories={categories}
      trees={['nature']}
      value={value}
      onChange={setValue}
    />
  )
}

function OneChoice({ empty = false }: { empty?: boolean }) {
  const w = words()
  const [opened, setOpened] = useState(false)
  const choices = [
    { key: 'a', text: w.usual },
    { key: 'b', text: longName, aside: longWords },
  ]
  return (
    <Choice
      opened={opened}
      onOpened={setOpened}
      label={w.open}
      icon={<IconUser size={16} aria-hidden="true" />}
      shortcut={null}
      heading={w.several}
      choices={empty ? [] : choices}
      none={w.nothing}
      onChosen={() => undefined}
    />
  )
}

function OneFinder({ label, found }: { label: string; found: readonly Findable[] }) {
  const [typed, setTyped] = useState('')
  return (
    <Finder label={label} placeholder="–" typed={typed} onType={setTyped} found={found} none={words().nothing} onChoose={() => undefined} />
  )
}

function OnePerson() {
  const [name, setName] = useState('')
  return <PersonField label="PersonField" name={name} offered={people} onType={setName} onChoose={(person) => setName(person.name)} />
}

function OnePhrase({ label, first, disabled = false }: { label: string; first: string; disabled?: boolean }) {
  const [text, setText] = useState(first)
  return <PhraseField label={label} value={text} onText={setText} values={() => ({})} disabled={disabled} />
}

function Sorted() {
  const [sorting, setSorting] = useState<Sorting>({ categoryId: 'reseau', placeId: null, urgency: 'high', impact: 'low' })
  return <SortingFields sorting={sorting} settings={settings} onChange={(change) => setSorting({ ...sorting, ...change })} />
}

/** What is filled in or chosen from. */
export function fields(): readonly Shown[] {
  const w = words()
  return [
    {
      name: 'CategorySelect',
      specimens: [
        [w.empty, <OneCategory key="a" first={null} />],
        [w.chosen, <OneCategory key="a" first="reseau" />],
      ],
    },
    {
      name: 'Choice',
      specimens: [
        [w.few, <OneChoice key="a" />],
        [w.empty, <OneChoice key="a" empty />],
      ],
    },
    {
      name: 'Finder',
      specimens: [
        [
          w.few,
          <OneFinder
            key="a"
            label={`Finder, ${w.few}`}
            found={[
              findable('Claire Dubois', { detail: 'Biologie', aside: '6101' }),
              findable(longName, { detail: longWords }),
              findable('Bruno', { away: true, aside: w.disabled }),
            ]}
          />,
        ],
        [w.empty, <OneFinder key="a" label={`Finder, ${w.empty}`} found={[]} />],
      ],
    },
    { name: 'PersonField', specimens: [[w.empty, <OnePerson key="a" />]] },
    { name: 'PersonFinder', specimens: [[w.few, <PersonFinder key="a" label="PersonFinder" without={[]} onChoose={() => undefined} />]] },
    {
      name: 'PhraseField',
      specimens: [
        [w.empty, <OnePhrase key="a" label={`PhraseField, ${w.empty}`} first="" />],
        [w.long, <OnePhrase key="a" label={`PhraseField, ${w.long}`} first={longWords} />],
        [w.disabled, <OnePhrase key="a" label={`PhraseField, ${w.disabled}`} first={w.said} disabled />],
      ],
    },
    { name: 'SortingFields', wide: true, specimens: [[w.usual, <Sorted key="a" />]] },
    {
      name: 'WaitingFiles',
      specimens: [
        [w.loading, <WaitingFiles key="a" files={[{ ...file, part: 0.4, attachment: null }]} onRemove={() => undefined} />],
        [w.usual, <WaitingFiles key="a" files={[file]} onRemove={() => undefined} />],
        [
          w.failed,
          <WaitingFiles
            key="a"
            files={[{ ...file, attachment: null, failure: w.failed, again: () => undefined }]}
            onRemove={() => undefined}
          />,
        ],
      ],
    },
  ]
}
