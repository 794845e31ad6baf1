/** French signs stay with the word that they belong to: the spaces before « : ; ? ! » and within « » do not break. */
export const bound = (text: string): string => text.replaceAll(/ (?=[:»])|(?<=«) /g, '\u00A0').replaceAll(/ (?=[;?!])/g, '\u202F')
