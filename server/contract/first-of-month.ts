/** A French date as Intl writes it, with the first of a month as people do: « mardi 1er décembre 2026 ». */
export const withFirst = (date: string): string => date.replace(/(?<!\d)1 (?=\p{L})/u, '1er ')
