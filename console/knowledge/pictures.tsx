import { Button, Checkbox, TextInput } from '@mantine/core'
import { type Editor, mergeAttributes, Node } from '@tiptap/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pictureAddress } from '../../server/contract/articles.ts'
import { bringPicture } from '../api/attachments.ts'
import { errorText } from '../api/error-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import classes from './knowledge.module.css'

const ours = pictureAddress('')

/** A picture in an article, brought here: what is pasted with another address is left out, as the service would. */
export const Picture = Node.create({
  name: 'image',
  group: 'block',
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: null }, width: { default: null }, height: { default: null } }),
  parseHTML: () => [{ tag: `img[src^="${ours}"]` }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
})

/** Pictures among what is pasted or dropped. A text copied from an office program comes with its picture: the words are what is meant. */
export function takePictures(given: DataTransfer | null, bring: (files: readonly File[]) => void): boolean {
  const files = [...(given?.files ?? [])].filter(({ type }) => type.startsWith('image/'))
  if (files.length === 0 || given?.types.includes('text/plain') === true || given?.types.includes('text/html') === true) return false
  bring(files)
  return true
}

/** A picture to be described: one that has just come, or one that the article shows already (`alt` undefined: it has just come). */
export type Asked = {
  readonly src: string
  readonly width: number | null
  readonly height: number | null
  readonly alt?: string | null
}

/** Pictures on their way into an article: each is brought, then described, one after another. */
export function usePictures() {
  const [waiting, setWaiting] = useState<readonly Asked[]>([])
  const [arriving, setArriving] = useState(0)
  const [failure, setFailure] = useState<string | null>(null)
  const bring = (files: readonly File[]) => {
    setFailure(null)
    for (const file of files) {
      setArriving((n) => n + 1)
      bringPicture(file, file.name)
        .then(
          ({ id, picture }) =>
            setWaiting((all) => [...all, { src: pictureAddress(id), width: picture?.width ?? null, height: picture?.height ?? null }]),
          (error: unknown) => setFailure(`${file.name} : ${errorText(error)}`),
        )
        .finally(() => setArriving((n) => n - 1))
    }
  }
  return {
    bring,
    arriving: arriving > 0,
    failure,
    asked: waiting[0] ?? null,
    /** The selected one is described anew. */
    describe: (editor: Editor) => {
      const { src, width, height, alt } = editor.getAttributes('image') as Required<Asked>
      setWaiting([{ src, width, height, alt }])
    },
    done: () => setWaiting((all) => all.slice(1)),
  }
}

type Props = { readonly asked: Asked; readonly editor: Editor; readonly onDone: () => void }

/** What a picture shows, in words: whoever does not see it reads them; one that only adorns says so. */
export function PictureDialog({ asked, editor, onDone }: Props) {
  const { t } = useTranslation()
  const isNew = asked.alt === undefined
  const [alt, setAlt] = useState(asked.alt ?? '')
  const [adorns, setAdorns] = useState(asked.alt === '')
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    const said = adorns ? '' : alt.trim()
    if (said === '' && !adorns) return
    const attributes = { src: asked.src, width: asked.width, height: asked.height, alt: said }
    // What is typed next goes below it, not in its place.
    if (isNew)
      editor
        .chain()
        .focus()
        .insertContent([{ type: 'image', attrs: attributes }, { type: 'paragraph' }])
        .run()
    else editor.chain().focus().updateAttributes('image', attributes).run()
    onDone()
  }
  return (
    <Dialog heading={t('knowledge.picture.heading')} size={520} onClose={onDone}>
      <form
        className={classes.picture}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <img src={asked.src} alt="" />
        <TextInput
          data-autofocus
          label={t('knowledge.picture.alt')}
          description={t('knowledge.picture.altSays')}
          placeholder={t('knowledge.picture.altExample')}
          value={adorns ? '' : alt}
          disabled={adorns}
          maxLength={300}
          error={tried && !adorns && alt.trim() === '' && t('knowledge.picture.altNeeded')}
          onChange={(event) => setAlt(event.currentTarget.value)}
        />
        <Checkbox label={t('knowledge.picture.adorns')} checked={adorns} onChange={(event) => setAdorns(event.currentTarget.checked)} />
        <Button type="submit">{t(isNew ? 'knowledge.picture.insert' : 'knowledge.picture.save')}</Button>
      </form>
    </Dialog>
  )
}
