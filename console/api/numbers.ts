import { queryOptions } from '@tanstack/react-query'

/** The plan of the world's numbers weighs as much as the desk itself: fetched when somebody may dial. */
export const numbersQuery = queryOptions({
  queryKey: ['numbers of the world'],
  queryFn: async () => (await import('libphonenumber-js/min')).parsePhoneNumberFromString,
  staleTime: Infinity,
  gcTime: Infinity,
  networkMode: 'always',
})
