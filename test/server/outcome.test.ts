import { expect, test } from 'vitest'
import { countsOf, failedFiles, toldOf, withSecondTry } from '../support/outcome.ts'

const first = {
  '': { passed: 0, skipped: 0, failed: [{ test: 'outside any test', why: 'a stray error' }], again: [] },
  'a.test.ts': { passed: 2, skipped: 0, failed: [], again: [] },
  'b.test.ts': {
    passed: 1,
    skipped: 0,
    failed: [
      { test: 'slow', why: 'not in 5 s' },
      { test: 'wrong', why: 'expected 1' },
    ],
    again: [],
  },
}

test('a second try counts for the files it was given, and what passed there alone is told with what the first one met', () => {
  expect(failedFiles(first)).toEqual(['b.test.ts'])
  const both = withSecondTry(first, {
    'b.test.ts': { passed: 2, skipped: 0, failed: [{ test: 'wrong', why: 'expected 2' }], again: [] },
  })
  expect(countsOf(both)).toEqual({ passed: 4, failed: 2, skipped: 0 })
  expect(toldOf(both)).toBe(
    [
      'Failed:',
      '  outside any test',
      '    a stray error',
      '  b.test.ts > wrong',
      '    expected 1',
      '    expected 2',
      'Passed at the second try only, and to be mended:',
      '  b.test.ts > slow',
      '    not in 5 s',
      '',
    ].join('\n'),
  )
})

test('a second try that comes to nothing leaves what failed as it was', () => {
  const ended = withSecondTry(first, { '': { passed: 0, skipped: 0, failed: [{ test: 'run', why: 'ended with 1' }], again: [] } })
  expect(ended['']?.failed.map(({ test }) => test)).toEqual(['outside any test', 'run'])
  expect(ended['b.test.ts']).toBe(first['b.test.ts'])
})
