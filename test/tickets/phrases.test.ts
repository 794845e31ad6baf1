import { describe, expect, it } from 'vitest'
import { categorySettings } from '../../server/contract/settings.ts'
import { filledIn, unknownWord } from '../../server/contract/phrase-words.ts'
import { phraseSettings } from '../../server/contract/phrases.ts'
import { scriptFor, stepTitle } from '../../server/contract/script-choice.ts'
import { sampleScript } from '../../server/contract/script-sample.ts'
import { scriptSettings, type DialogueScript } from '../../server/contract/script.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { unusable } from '../../server/settings/check.ts'

describe('a canned answer', () => {
  it('is filled in where it is inserted, accents or not; what is not known stays to be seen', () => {
    expect(filledIn('Bonjour {nom}, demande n° {Numero} ({titre}). {opérateur}', { nom: 'Zoé', numéro: '12', opérateur: '' })).toBe(
      'Bonjour Zoé, demande n° 12 ({titre}). {opérateur}',
    )
  })

  it.each([
    ['Bonjour {nom}', null],
    ['Bonjour {prénom}', 'prénom'],
    ['Un ensemble { vide }', ' vide '],
    ['{}', null],
  ])('%s: the word that stands for nothing is %s', (text, word) => {
    expect(unknownWord(text)).toBe(word)
  })

  it('with a word that stands for nothing is refused with its place, wherever it is', () => {
    const values = defaultSettings({ limitMinutes: 15, demo: true })
    const wrong = phraseSettings.parse({ answers: [{ id: 'a', name: 'A', text: 'Bonjour {prénom}' }] })
    expect([unusable(values), unusable({ ...values, phrases: wrong })]).toEqual([null, 'answers.0.text : {prénom}'])
    const template = phraseSettings.parse({ templates: [{ id: 't', name: 'T', summary: '{x}' }] })
    expect(unusable({ ...values, phrases: template })).toBe('templates.0 : {x}')
  })
})

describe('the dialogue of a conversation', () => {
  const { categories } = categorySettings.parse({})
  const script = (id: string, line: string | null, categoryId: string | null): DialogueScript => ({ ...sampleScript, id, line, categoryId })
  const scripts = [script('vpn', null, 'reseau'), script('examens', 'examens', null), script('usuel', null, null)]

  it.each([
    ['guichet', null, 'usuel'],
    ['examens', null, 'examens'],
    ['examens', 'wifi', 'vpn'],
    [null, 'mot-de-passe', 'usuel'],
  ])('of line %s about %s is %s', (line, categoryId, id) => {
    expect(scriptFor(scripts, categories, { line, categoryId })?.id).toBe(id)
  })

  it('begins with the specification’s seven steps, and there may be none', () => {
    expect(scriptSettings.parse({}).scripts[0]?.steps.map(({ kind }) => kind)).toEqual([
      'greet',
      'identify',
      'existing',
      'receivable',
      'describe',
      'solve',
      'recap',
    ])
    expect(scriptFor([], categories, { line: null, categoryId: null })).toBeNull()
  })

  it('has English titles, also where it was saved before there were any, and one of the site’s own where it gave one', () => {
    const [greet] = sampleScript.steps
    if (greet === undefined) throw new Error('no step')
    const saved = scriptSettings.parse({
      scripts: [{ id: 'x', steps: sampleScript.steps.map((step) => ({ ...step, titleEnglish: undefined })) }],
    })
    const inEnglish = ['Greet', 'Identify', 'A ticket already?', 'For this desk?', 'Describe', 'Solve or redirect', 'Sum up']
    for (const { steps } of [sampleScript, ...saved.scripts]) expect(steps.map((step) => stepTitle(step, 'en'))).toEqual(inEnglish)
    expect(stepTitle(greet, 'fr')).toBe('Accueillir')
    expect(stepTitle({ ...greet, titleEnglish: 'Say hello' }, 'en')).toBe('Say hello')
    expect(stepTitle({ ...greet, title: 'Saluer', titleEnglish: '' }, 'en')).toBe('Saluer')
  })
})
