import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArchive, IconForms, IconPlus, IconRotate, IconShieldCheck, IconShieldCheckFilled } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category, CategoryTree } from '../../server/contract/categories.ts'
import { isWebAddress } from '../../server/contract/web-address.ts'
import classes from './categories.module.css'

type Props = {
  readonly categories: readonly Category[]
  readonly tree: CategoryTree
  /** Null: the tree's roots. */
  readonly parent: Category | null
  readonly onChange: (categories: readonly Category[]) => void
  /** What the button that adds one at the top says; « Ajouter » without. */
  readonly addLabel?: string
}

const newCategory = (tree: CategoryTree, parentId: string | null): Category => ({
  id: `categorie-${crypto.randomUUID().slice(0, 8)}`,
  tree,
  name: '',
  parentId,
  retired: false,
})

/** The categories below one, each with its own below it. */
export function CategoryBranch({ categories, tree, parent, onChange, addLabel }: Props) {
  const { t } = useTranslation()
  const parentId = parent?.id ?? null
  const children = categories.filter((one) => one.tree === tree && one.parentId === parentId)
  return (
    <ul className={classes.branch} data-root={parent === null || undefined}>
      {children.map((child) => (
        <li key={child.id} data-retired={child.retired || undefined}>
          <Row
            category={child}
            onChange={(changed) => onChange(categories.map((one) => (one.id === child.id ? changed : one)))}
            onAdd={() => onChange([...categories, newCategory(tree, child.id)])}
          />
          {categories.some((one) => one.parentId === child.id) && (
            <CategoryBranch categories={categories} tree={tree} parent={child} onChange={onChange} />
          )}
        </li>
      ))}
      {parent === null && (
        <li className={classes.add}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            aria-label={addLabel ?? `${t('sorting.settings.add')} : ${t(`sorting.trees.${tree}`)}`}
            onClick={() => onChange([...categories, newCategory(tree, null)])}
          >
            {addLabel ?? t('sorting.settings.add')}
          </Button>
        </li>
      )}
    </ul>
  )
}

type RowProps = { readonly category: Category; readonly onChange: (category: Category) => void; readonly onAdd: () => void }

function Row({ category, onChange, onAdd }: RowProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const unnamed = useRef(category.name === '')
  useEffect(() => {
    if (unnamed.current) field.current?.focus()
  }, [])
  const name = category.name.trim() === '' ? t('sorting.settings.unnamed') : category.name
  const { form = null } = category
  const address = useRef<HTMLInputElement>(null)
  const asked = form === ''
  useEffect(() => {
    if (asked) address.current?.focus()
  }, [asked])
  return (
    <div className={classes.row}>
      <TextInput
        ref={field}
        aria-label={t('sorting.settings.nameOf', { name })}
        placeholder={t('sorting.settings.name')}
        value={category.name}
        maxLength={60}
        disabled={category.retired}
        onChange={(event) => onChange({ ...category, name: event.currentTarget.value })}
      />
      {category.retired ? (
        <em>{t('sorting.settings.retired')}</em>
      ) : (
        <ActionIcon variant="subtle" color="gray" aria-label={t('sorting.settings.addUnder', { name })} onClick={onAdd}>
          <IconPlus size={15} stroke={1.8} />
        </ActionIcon>
      )}
      {category.tree !== 'place' && !category.retired && (
        <ActionIcon
          variant={category.verified === true ? 'light' : 'subtle'}
          color={category.verified === true ? 'guichet' : 'gray'}
          aria-pressed={category.verified === true}
          aria-label={t('sorting.settings.verified', { name })}
          title={t('sorting.settings.verified', { name })}
          onClick={() => onChange({ ...category, verified: category.verified !== true })}
        >
          {category.verified === true ? <IconShieldCheckFilled size={15} /> : <IconShieldCheck size={15} stroke={1.8} />}
        </ActionIcon>
      )}
      {category.tree === 'service' && !category.retired && (
        <ActionIcon
          variant={form === null ? 'subtle' : 'light'}
          color={form === null ? 'gray' : 'guichet'}
          aria-pressed={form !== null}
          aria-label={t('sorting.settings.form', { name })}
          title={t('sorting.settings.form', { name })}
          onClick={() => onChange({ ...category, form: form === null ? '' : null })}
        >
          <IconForms size={15} stroke={1.8} />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(category.retired ? 'sorting.settings.bringBack' : 'sorting.settings.retire', { name })}
        onClick={() => onChange({ ...category, retired: !category.retired })}
      >
        {category.retired ? <IconRotate size={15} stroke={1.8} /> : <IconArchive size={15} stroke={1.8} />}
      </ActionIcon>
      {form !== null && !category.retired && (
        <TextInput
          ref={address}
          className={classes.form ?? ''}
          type="url"
          aria-label={t('sorting.settings.formOf', { name })}
          placeholder="https://"
          value={form}
          maxLength={500}
          error={form !== '' && !isWebAddress(form)}
          onChange={(event) => onChange({ ...category, form: event.currentTarget.value.trim() })}
        />
      )}
    </div>
  )
}
