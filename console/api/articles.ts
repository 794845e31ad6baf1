import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Article,
  ArticleList,
  ArticleState,
  ArticleVersion,
  ClosedTicket,
  ListedArticle,
  SuggestedArticle,
  WritingArticle,
} from '../../server/contract/articles.ts'
import { query, request } from './client.ts'
import { queryClient } from './queries.ts'

export type ArticleFilter = { search?: string; topicId?: string; state?: ArticleState; due?: 'true' }

export const articlesQuery = (filter: ArticleFilter = {}) =>
  queryOptions({
    queryKey: ['articles', 'list', filter],
    placeholderData: keepPreviousData,
    queryFn: () => request<ArticleList>('GET', `/articles${query(filter)}`),
  })
export const articleQuery = (number: number) =>
  queryOptions({ queryKey: ['articles', number], queryFn: () => request<Article>('GET', `/articles/${number}`) })
export const articleVersionsQuery = (number: number) =>
  queryOptions({
    queryKey: ['articles', number, 'versions'],
    queryFn: () => request<ArticleVersion[]>('GET', `/articles/${number}/versions`),
  })
/** What may answer a title that is being typed. */
export const suggestedArticlesQuery = (title: string) =>
  queryOptions({
    queryKey: ['articles', 'suggested', title],
    enabled: title.trim().length >= 4,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: () => request<SuggestedArticle[]>('GET', `/articles/suggested${query({ title })}`),
  })
export const closedTicketsQuery = (search: string, categoryId: string | null) =>
  queryOptions({
    queryKey: ['tickets', 'closed', search, categoryId],
    placeholderData: keepPreviousData,
    queryFn: () => request<ClosedTicket[]>('GET', `/tickets/closed${query({ search, ...(categoryId !== null && { categoryId }) })}`),
  })
export const ticketArticlesQuery = (ticket: number) =>
  queryOptions({
    queryKey: ['articles', 'of-ticket', ticket],
    queryFn: () => request<ListedArticle[]>('GET', `/tickets/${ticket}/articles`),
  })

async function thenReread<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['articles'] })
  }
}
/** @throws ApiError `invalid_body` */
export const writeArticle = (content: WritingArticle) => thenReread(request<Article>('POST', '/articles', content))
/** @throws ApiError `conflict` when somebody changed it meanwhile */
export const changeArticle = (number: number, change: WritingArticle & { readonly version: number }) =>
  thenReread(request<Article>('PUT', `/articles/${number}`, change))
export const reviewArticle = (number: number, version: number) =>
  thenReread(request<Article>('POST', `/articles/${number}/review`, { version }))
export const restoreArticle = (number: number, version: number, restore: number) =>
  thenReread(request<Article>('POST', `/articles/${number}/restore`, { version, restore }))
/** A draft without what is about people. */
export const articleOfTicket = (ticket: number) => thenReread(request<Article>('POST', `/tickets/${ticket}/articles`))
