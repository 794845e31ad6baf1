import {
  createTheme,
  defaultCssVariablesResolver,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'
import type { KeyboardEvent } from 'react'

const guichet: MantineColorsTuple = [
  '#eef9f8',
  '#e3f3f1',
  '#c3e6e2',
  '#9fe3db',
  '#4cc2b8',
  '#2aa79d',
  '#128782',
  '#0b6e6e',
  '#07514f',
  '#053f3e',
]
const alarm: MantineColorsTuple = [
  '#fff3f2',
  '#fdeceb',
  '#fbd3cf',
  '#ffb3ac',
  '#ff8a80',
  '#f0665a',
  '#d93a2b',
  '#b42318',
  '#8f1b12',
  '#6e150e',
]

/** Mantine draws fields and menus of the dark scheme from this scale: the desk's blue greys in place of its neutral ones. */
const dark: MantineColorsTuple = [
  '#eef1f5',
  '#b3bcc9',
  '#97a2b2',
  '#6b7686',
  '#37404d',
  '#262d37',
  '#171c23',
  '#171c23',
  '#0f1318',
  '#0b0e12',
]

/** The tokens of the desk, one name for both colour schemes; CSS modules use nothing else. */
const tokens = {
  light: {
    bg: '#f6f7f9',
    panel: '#ffffff',
    line: '#e4e7ec',
    'line-strong': '#d0d5dd',
    control: '#868f9e',
    ink: '#14181f',
    'ink-2': '#475467',
    'ink-3': '#5d6a7f',
    accent: '#0b6e6e',
    'accent-soft': '#e3f3f1',
    'accent-ink': '#07514f',
    'on-accent': '#ffffff',
    ok: '#11703d',
    'ok-soft': '#e4f5eb',
    warn: '#8f5300',
    'warn-soft': '#fdf1da',
    bad: '#b42318',
    'bad-soft': '#fdeceb',
    'on-bad': '#ffffff',
    hold: '#5d3fa8',
    'hold-soft': '#efeafb',
    focus: '#1570ef',
    shadow: '0 1px 2px rgba(16, 24, 40, 0.05)',
    'shadow-high': '0 12px 32px -8px rgba(16, 24, 40, 0.22), 0 2px 6px rgba(16, 24, 40, 0.08)',
  },
  dark: {
    bg: '#0f1318',
    panel: '#171c23',
    line: '#262d37',
    'line-strong': '#37404d',
    control: '#6b7686',
    ink: '#eef1f5',
    'ink-2': '#b3bcc9',
    'ink-3': '#97a2b2',
    accent: '#4cc2b8',
    'accent-soft': '#12312f',
    'accent-ink': '#9fe3db',
    'on-accent': '#04201e',
    ok: '#5ed093',
    'ok-soft': '#12301f',
    warn: '#f0b95c',
    'warn-soft': '#33270f',
    bad: '#ff8a80',
    'bad-soft': '#3a1a18',
    'on-bad': '#2a0d0b',
    hold: '#bda9f5',
    'hold-soft': '#28213f',
    focus: '#5aa2ff',
    shadow: 'none',
    'shadow-high': '0 12px 32px -8px rgba(0, 0, 0, 0.6)',
  },
} as const

const named = (set: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(set).map(([name, value]) => [`--g-${name}`, value]))

/** Mantine's own variables follow the tokens, so that its components and ours look alike in both schemes. */
const mantineFollows = {
  '--mantine-color-text': 'var(--g-ink)',
  '--mantine-color-body': 'var(--g-panel)',
  '--mantine-color-error': 'var(--g-bad)',
  '--mantine-color-placeholder': 'var(--g-ink-3)',
  '--mantine-color-anchor': 'var(--g-accent)',
  '--mantine-color-default': 'var(--g-panel)',
  '--mantine-color-default-hover': 'var(--g-bg)',
  '--mantine-color-default-color': 'var(--g-ink)',
  '--mantine-color-default-border': 'var(--g-line-strong)',
  '--mantine-color-disabled': 'var(--g-bg)',
  '--mantine-color-dimmed': 'var(--g-ink-3)',
  '--mantine-primary-color-contrast': 'var(--g-on-accent)',
  '--mantine-color-guichet-light': 'var(--g-accent-soft)',
  '--mantine-color-guichet-light-color': 'var(--g-accent-ink)',
}

export const cssVariablesResolver: CSSVariablesResolver = (theme) => {
  const base = defaultCssVariablesResolver(theme)
  return {
    variables: base.variables,
    light: { ...base.light, ...named(tokens.light), ...mantineFollows },
    dark: { ...base.dark, ...named(tokens.dark), ...mantineFollows },
  }
}

/** Enter in an open list is for the list: when nothing in it is chosen yet, it does not send the form around it without the choice. */
const keepForm = (event: KeyboardEvent<HTMLElement>) => {
  const open = event.currentTarget.getAttribute('aria-expanded') === 'true'
  if (open && event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault()
}

export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.334', sm: '1.4286', md: '1.4286', lg: '1.5', xl: '1.34' },
  colors: { guichet, alarm, dark },
  primaryColor: 'guichet',
  primaryShade: { light: 7, dark: 4 },
  defaultRadius: 8,
  black: '#14181f',
  respectReducedMotion: true,
  focusClassName: 'g-focus',
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    if (input.variant !== 'filled') return colors
    return { ...colors, color: input.color === 'alarm' ? 'var(--g-on-bad)' : 'var(--g-on-accent)' }
  },
  components: {
    // The variant is named so that what stands inside a button can match it.
    Button: { defaultProps: { size: 'sm', fw: 500, variant: 'filled' } },
    Input: { classNames: { input: 'g-input' } },
    // Its invisible first stop has no role that may be in a menu.
    Menu: { defaultProps: { shadow: 'md', radius: 10, withInitialFocusPlaceholder: false } },
    SegmentedControl: { styles: { label: { fontSize: 13, fontWeight: 500 } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12 } },
    InputWrapper: {
      styles: {
        label: { fontSize: 12, lineHeight: '16px', fontWeight: 400, color: 'var(--g-ink-2)', marginBottom: 4 },
        error: { fontSize: 12, lineHeight: '16px' },
      },
    },
    // Hundreds of options that nobody looks at cost a page its first frame: they are drawn once the field opens.
    Combobox: { defaultProps: { keepMounted: false } },
    Select: {
      defaultProps: { size: 'sm', checkIconPosition: 'right', allowDeselect: false, selectFirstOptionOnChange: true, onKeyDown: keepForm },
    },
    MultiSelect: { defaultProps: { selectFirstOptionOnChange: true } },
  },
})
