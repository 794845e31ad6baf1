import { z } from 'zod'
import { categoryId } from './categories.ts'
import { moment } from './entities.ts'
import { articleStates } from './vocabulary.ts'

/*
 * What the desk knows, written down: articles under an index. `draft`: being written, or withdrawn; `staff`: for those who work here;
 * `public`: anybody reads it in the FAQ.
 */
const articleState = z.enum(articleStates)
export type ArticleState = z.infer<typeof articleState>

/** A heading of the index. */
const topic = z.object({
  /** Chosen by the client; never given to another. */
  id: categoryId,
  name: z.string().trim().min(1).max(60),
  parentId: categoryId.nullable().default(null),
  /** Offered no more; its articles stand under « Autres sujets ». */
  retired: z.boolean().default(false),
})
export type Topic = z.infer<typeof topic>

/** To start from: what people ask a university's desk about. */
const sampleTopics: readonly Topic[] = [
  ['compte', 'Compte et mot de passe'],
  ['messagerie', 'Messagerie et agenda'],
  ['reseau', 'Réseau et Wi-Fi'],
  ['poste', 'Ordinateur et logiciels'],
  ['impression', 'Impression'],
  ['enseignement', 'Enseignement et salles'],
  ['telephone', 'Téléphone'],
].map(([id = '', name = '']) => ({ id, name, parentId: null, retired: false }))

const isTree = (topics: readonly Topic[]) =>
  new Set(topics.map(({ id }) => id)).size === topics.length &&
  topics.every((one) => {
    const above = new Set([one.id])
    for (let at = one.parentId; at !== null; ) {
      const next = topics.find(({ id }) => id === at)
      if (next === undefined || above.has(next.id)) return false
      above.add(next.id)
      at = next.parentId
    }
    return true
  })

export const knowledgeSettings = z.object({
  topics: z
    .array(topic)
    .max(200)
    .refine(isTree, 'topics')
    .default([...sampleTopics]),
  /** After how many months an article is to be read again, when nobody says otherwise. */
  reviewMonths: z.int().min(1).max(60).default(12),
})

/** A picture's address in what an article says; who may see it is judged by which articles show it. */
export const pictureAddress = (id: string) => `/api/articles/pictures/${id}`
const pictureSource = /"\/api\/articles\/pictures\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g
/** Ids of the pictures that an article's HTML shows. */
export const picturesOf = (body: string): string[] => [...new Set([...body.matchAll(pictureSource)].map(([, id = '']) => id))]
/** The same article as anybody reads it, where pictures have the address of the public pages. */
export const withPublicPictures = (body: string): string => body.replace(pictureSource, '"/faq/images/$1"')
/** More than so much is not for a page that telephones read. */
export const largestPictureMegabytes = 5

export const articleContent = z.object({
  title: z.string().trim().min(1).max(200),
  topicId: categoryId.nullable().default(null),
  /** HTML; whatever is not text, headings, lists, tables, links and pictures brought here is taken out. */
  body: z.string().max(200_000).default(''),
  /** What people call it besides. */
  keywords: z.string().trim().max(500).default(''),
  state: articleState.default('draft'),
  /** The day on which it is to be read again; null: the usual time from now, once it is no draft. */
  reviewOn: z.iso.date().nullable().default(null),
})
export type ArticleContent = z.output<typeof articleContent>
export type WritingArticle = z.input<typeof articleContent>
/** `version`: the one that was read. */
export const changingArticle = articleContent.extend({ version: z.int().min(1) })
export const reviewingArticle = z.object({ version: z.int().min(1) })
/** `restore`: the version whose content is to be in force again. */
export const restoringArticle = z.object({ version: z.int().min(1), restore: z.int().min(1) })

export const listedArticle = z.object({
  number: z.int(),
  title: z.string(),
  topicId: z.string().nullable(),
  state: articleState,
  reviewOn: z.iso.date().nullable(),
  /** Its day of review has come. */
  due: z.boolean(),
  author: z.string(),
  by: z.string(),
  at: moment,
  /** The beginning of what it says. */
  beginning: z.string(),
  /** Of the last 90 days. */
  read: z.int(),
  helped: z.int(),
  notHelped: z.int(),
})
export type ListedArticle = z.infer<typeof listedArticle>

export const article = listedArticle.omit({ beginning: true }).extend({
  version: z.int(),
  body: z.string(),
  keywords: z.string(),
  fromTicket: z.int().nullable(),
  createdAt: moment,
})
export type Article = z.infer<typeof article>

export const articleQuery = z.object({
  search: z.string().trim().max(200).optional(),
  topicId: categoryId.optional(),
  state: articleState.optional(),
  due: z.literal('true').optional(),
})
export const articleList = z.object({
  articles: z.array(listedArticle),
  /** Mistyped words, and what was looked for in their place. */
  corrected: z.array(z.object({ typed: z.string(), taken: z.string() })),
  /** How many are to be read again. */
  due: z.int(),
})
export type ArticleList = z.infer<typeof articleList>

export const articleVersion = z.object({
  version: z.int(),
  at: moment,
  by: z.string(),
  what: z.enum(['created', 'changed', 'reviewed', 'restored']),
  content: articleContent,
})
export type ArticleVersion = z.infer<typeof articleVersion>

export const suggestionQuery = z.object({ title: z.string().trim().max(200) })
export const suggestedArticles = z.array(listedArticle.pick({ number: true, title: true, state: true, beginning: true }))
export type SuggestedArticle = z.infer<typeof suggestedArticles>[number]

export const closedTicketQuery = z.object({ search: z.string().trim().max(200).optional(), categoryId: categoryId.optional() })
/** A ticket that is closed, for who looks for how it was solved. */
const closedTicket = z.object({
  number: z.int(),
  title: z.string(),
  summary: z.string(),
  solution: z.string(),
  nature: z.string().nullable(),
  closedAt: moment,
  /** Whether who asks may open it. If not, names, addresses and numbers are left out of it. */
  whole: z.boolean(),
})
export type ClosedTicket = z.infer<typeof closedTicket>
export const closedTickets = z.array(closedTicket)
