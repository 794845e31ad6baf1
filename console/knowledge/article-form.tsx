import '@mantine/tiptap/styles.css'
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link as EditorLink, RichTextEditor } from '@mantine/tiptap'
import { IconDeviceFloppy, IconPhotoPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Article, WritingArticle } from '../../server/contract/articles.ts'
import { articleStates } from '../../server/contract/vocabulary.ts'
import { changeArticle, writeArticle } from '../api/articles.ts'
import { errorText } from '../api/error-text.ts'
import { settingsQuery } from '../api/settings.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useFilePicker } from '../ui/use-file-picker.tsx'
import classes from './knowledge.module.css'
import { Picture, PictureDialog, takePictures, usePictures } from './pictures.tsx'
import { shownTopics } from './topics.ts'

type Typed = Required<Pick<WritingArticle, 'title' | 'body' | 'keywords' | 'state' | 'topicId' | 'reviewOn'>>
/** Those that the service keeps. */
const pictureTypes = 'image/png,image/jpeg,image/gif,image/webp'
type Kept = { readonly version: number; readonly typed: Typed }
const keyOf = (article: Article | null) => `guichet.article.${article?.number ?? 'nouveau'}`

const blank: Typed = { title: '', body: '', keywords: '', state: 'draft', topicId: null, reviewOn: null }
const typedOf = (article: Article | null): Typed =>
  article === null
    ? blank
    : {
        title: article.title,
        body: article.body,
        keywords: article.keywords,
        state: article.state,
        topicId: article.topicId,
        reviewOn: article.reviewOn,
      }

/** What was typed and not saved in this browser, of the version that is in force. */
function keptOf(article: Article | null): Typed | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(article)) ?? 'null') as Kept | null
    return kept !== null && kept.version === (article?.version ?? 0) ? { ...blank, ...kept.typed } : null
  } catch {
    return null
  }
}

type Props = { readonly article: Article | null; readonly onSaved: (article: Article) => void; readonly onCancel: () => void }

/** Writing an article. Each keystroke is kept in this browser until it is saved or left. */
export default function ArticleForm({ article: inForce, onSaved, onCancel }: Props) {
  const { t } = useTranslation()
  // As it was read: what somebody saves meanwhile is not to be written over unseen.
  const [article] = useState(inForce)
  const bodyId = useId()
  const [found, setFound] = useState(() => keptOf(article) !== null)
  const [typed, setTyped] = useState(() => keptOf(article) ?? typedOf(article))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const settings = useQuery(settingsQuery).data?.knowledge.value
  const topics = shownTopics(settings?.topics ?? [])
  const edit = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }))
  const pictures = usePictures()
  const picker = useFilePicker((files) => pictures.bring([...files]), pictureTypes)
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false, heading: { levels: [2, 3] } }), EditorLink.configure({ openOnClick: false }), Picture],
    content: typed.body,
    shouldRerenderOnTransaction: true,
    editorProps: {
      attributes: { 'aria-labelledby': bodyId, 'aria-multiline': 'true', role: 'textbox' },
      // Saves the article, and must not put a line break in place of what is selected.
      handleKeyDown: (_view, event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey),
      handlePaste: (_view, event) => takePictures(event.clipboardData, pictures.bring),
      handleDrop: (_view, event, _slice, moved) => !moved && takePictures(event.dataTransfer, pictures.bring),
    },
  })
  useEffect(() => {
    const update = () => setTyped((before) => ({ ...before, body: editor.isEmpty ? '' : editor.getHTML() }))
    editor.on('update', update)
    return () => {
      editor.off('update', update)
    }
  }, [editor])
  useEffect(() => {
    const same = JSON.stringify(typed) === JSON.stringify(typedOf(article))
    try {
      if (same) localStorage.removeItem(keyOf(article))
      else localStorage.setItem(keyOf(article), JSON.stringify({ version: article?.version ?? 0, typed } satisfies Kept))
    } catch {
      // A browser that keeps nothing.
    }
  }, [typed, article])
  const forget = () => localStorage.removeItem(keyOf(article))
  const empty = typed.state !== 'draft' && editor.isEmpty
  const onPicture = editor.isActive('image')
  const save = () => {
    setTried(true)
    if (typed.title.trim() === '' || empty || busy) return
    setBusy(true)
    const content = { ...typed, title: typed.title.trim() }
    const saving = article === null ? writeArticle(content) : changeArticle(article.number, { ...content, version: article.version })
    saving
      .then(
        (saved) => {
          forget()
          notifications.show({ message: t('knowledge.form.saved'), withBorder: true })
          onSaved(saved)
        },
        (error: unknown) => setFailure(errorText(error)),
      )
      .finally(() => setBusy(false))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  const drop = () => {
    const before = typedOf(article)
    setTyped(before)
    editor.commands.setContent(before.body)
    setFound(false)
  }
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter saves from any of its fields */}
      <form
        className={classes.form}
        noValidate
        aria-label={t('knowledge.form.body')}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {found && (
          <p className={classes.due} role="status">
            <span>{t('knowledge.form.found')}</span>
            <Button size="compact-sm" variant="default" onClick={drop}>
              {t('knowledge.form.drop')}
            </Button>
          </p>
        )}
        <TextInput
          label={t('knowledge.form.title')}
          placeholder={t('knowledge.form.titleExample')}
          value={typed.title}
          maxLength={200}
          data-autofocus
          error={tried && typed.title.trim() === '' && t('knowledge.form.titleNeeded')}
          onChange={(event) => edit({ title: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <Select
            label={t('knowledge.form.topic')}
            placeholder={t('knowledge.form.topicNone')}
            clearable
            searchable
            value={topics.some(({ id }) => id === typed.topicId) ? typed.topicId : null}
            data={topics.map(({ id, name, depth }) => ({ value: id, label: `${'\u2003'.repeat(depth)}${name}` }))}
            onChange={(topicId) => edit({ topicId })}
          />
          <TextInput
            label={t('knowledge.form.keywords')}
            placeholder={t('knowledge.form.keywordsExample')}
            description={t('knowledge.form.keywordsHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={typed.keywords}
            maxLength={500}
            onChange={(event) => edit({ keywords: event.currentTarget.value })}
          />
        </div>
        <div>
          <p className={classes.label} id={bodyId}>
            {t('knowledge.form.body')}
          </p>
          <RichTextEditor
            editor={editor}
            labels={{
              boldControlLabel: t('knowledge.editor.bold'),
              italicControlLabel: t('knowledge.editor.italic'),
              underlineControlLabel: t('knowledge.editor.underline'),
              strikeControlLabel: t('knowledge.editor.strike'),
              clearFormattingControlLabel: t('knowledge.editor.clear'),
              h2ControlLabel: t('knowledge.editor.h2'),
              h3ControlLabel: t('knowledge.editor.h3'),
              bulletListControlLabel: t('knowledge.editor.bullets'),
              orderedListControlLabel: t('knowledge.editor.numbers'),
              blockquoteControlLabel: t('knowledge.editor.quote'),
              codeControlLabel: t('knowledge.editor.code'),
              hrControlLabel: t('knowledge.editor.hr'),
              linkControlLabel: t('knowledge.editor.link'),
              unlinkControlLabel: t('knowledge.editor.unlink'),
              linkEditorInputLabel: t('knowledge.editor.linkAddress'),
              linkEditorInputPlaceholder: 'https://',
              linkEditorSave: t('knowledge.editor.linkSave'),
              undoControlLabel: t('knowledge.editor.undo'),
              redoControlLabel: t('knowledge.editor.redo'),
            }}
          >
            <RichTextEditor.Toolbar>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.H2 />
                <RichTextEditor.H3 />
              </RichTextEditor.ControlsGroup>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.Bold />
                <RichTextEditor.Italic />
                <RichTextEditor.Code />
              </RichTextEditor.ControlsGroup>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.BulletList />
                <RichTextEditor.OrderedList />
                <RichTextEditor.Blockquote />
                <RichTextEditor.Hr />
              </RichTextEditor.ControlsGroup>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.Link />
                <RichTextEditor.Unlink />
              </RichTextEditor.ControlsGroup>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.Control
                  aria-label={t(onPicture ? 'knowledge.editor.describe' : 'knowledge.editor.picture')}
                  title={t(onPicture ? 'knowledge.editor.describe' : 'knowledge.editor.picture')}
                  active={onPicture}
                  onClick={() => (onPicture ? pictures.describe(editor) : picker.open())}
                >
                  <IconPhotoPlus size={16} stroke={1.6} />
                </RichTextEditor.Control>
              </RichTextEditor.ControlsGroup>
              <RichTextEditor.ControlsGroup>
                <RichTextEditor.Undo />
                <RichTextEditor.Redo />
                <RichTextEditor.ClearFormatting />
              </RichTextEditor.ControlsGroup>
            </RichTextEditor.Toolbar>
            <RichTextEditor.Content mih={260} />
          </RichTextEditor>
          <p className={classes.hint}>{t('knowledge.picture.hint')}</p>
          {pictures.arriving && (
            <p role="status" className={classes.hint}>
              {t('knowledge.picture.arriving')}
            </p>
          )}
          {pictures.failure !== null && (
            <p role="alert" className={classes.failure}>
              {pictures.failure}
            </p>
          )}
          {tried && empty && (
            <p role="alert" className={classes.failure}>
              {t('knowledge.form.bodyNeeded')}
            </p>
          )}
        </div>
        <div className={classes.pair}>
          <div>
            <p className={classes.label}>{t('knowledge.state')}</p>
            <SegmentedControl
              aria-label={t('knowledge.state')}
              value={typed.state}
              onChange={(value) => edit({ state: value })}
              data={articleStates.map((value) => ({ value, label: t(`knowledge.states.${value}`) }))}
            />
            <p className={classes.hint}>{t(`knowledge.stateSays.${typed.state}`)}</p>
          </div>
          <TextInput
            type="date"
            label={t('knowledge.reviewOn')}
            description={t('knowledge.reviewHint', { count: settings?.reviewMonths ?? 12 })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={typed.reviewOn ?? ''}
            onChange={(event) => edit({ reviewOn: event.currentTarget.value || null })}
          />
        </div>
        {failure !== null && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
        <div className={classes.gestures}>
          <KeyButton type="submit" loading={busy} leftSection={<IconDeviceFloppy size={16} stroke={1.7} />} keys="Ctrl+Enter">
            {t('knowledge.form.save')}
          </KeyButton>
          <Button
            variant="default"
            onClick={() => {
              forget()
              onCancel()
            }}
          >
            {t('knowledge.form.cancel')}
          </Button>
        </div>
        {picker.input}
      </form>
      {pictures.asked !== null && <PictureDialog key={pictures.asked.src} asked={pictures.asked} editor={editor} onDone={pictures.done} />}
    </>
  )
}
