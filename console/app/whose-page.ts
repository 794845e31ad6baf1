import type { Role } from '../../server/contract/entities.ts'
import { mayCall, type Route } from '../../server/contract/rights.ts'

/**
 * The pages of the console that are not for everybody who works here, and what each asks for first: theirs it is who may ask for one of
 * them. Others are told so in its place (`not-yours.tsx`), and nothing is asked for that would be refused.
 */
const asks: Readonly<Record<string, readonly Route[]>> = {
  '/console/a-rappeler': ['GET /api/owed'],
  '/console/planning': ['GET /api/rota'],
  '/console/effectifs': ['GET /api/staffing'],
  '/console/indicateurs': ['GET /api/indicators/tickets'],
  '/console/indicateurs/envois': ['GET /api/indicators/mails'],
  '/console/appels/$id': ['GET /api/calls/:id/story'],
  '/console/entites/$id': ['GET /api/entities/:id'],
  '/console/reglages': ['PUT /api/settings/:domain'],
  '/console/reglages/$page': ['PUT /api/settings/:domain'],
  '/console/courriels': ['GET /api/mails', 'GET /api/mails/in'],
  '/console/entrainement': ['GET /api/demo/training'],
}

/** @param page its address as the router knows it: `/console/appels/$id` */
export const isTheirs = (who: { readonly role: Role; readonly demo: boolean }, page: string): boolean =>
  asks[page]?.some((route) => mayCall(who, route)) ?? true
