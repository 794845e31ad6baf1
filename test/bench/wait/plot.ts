/** Grouped bars as plain SVG. @param groups a label and a value for each series, in the series' order */
export function bars(title: string, unit: string, series: readonly string[], groups: readonly Group[]): string {
  const most = Math.max(...groups.flatMap((g) => g.values))
  const [left, top, high, bar, gap] = [48, 64, 260, 20, 28]
  const groupWidth = series.length * bar + gap
  const width = left + groups.length * groupWidth + 16
  const y = (value: number) => top + high - (value / most) * high
  const drawn = groups.flatMap(({ label, values }, g) => {
    const x = left + g * groupWidth + gap / 2
    const middle = x + (series.length * bar) / 2
    return [
      ...values.map((value, s) => {
        const at = x + s * bar
        const mark = `<text x="${at + bar / 2}" y="${y(value) - 4}" class="v">${Math.round(value)}</text>`
        return `<rect x="${at}" y="${y(value)}" width="${bar - 3}" height="${top + high - y(value)}" fill="${colour(s)}"/>${mark}`
      }),
      `<text x="${middle}" y="${top + high + 18}" class="l">${label}</text>`,
    ]
  })
  const legend = series.map(
    (name, s) =>
      `<rect x="${left + s * 116}" y="36" width="10" height="10" fill="${colour(s)}"/><text x="${left + s * 116 + 14}" y="45">${name}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, left + series.length * 116)} ${top + high + 32}" role="img">`,
    `<title>${title}</title>`,
    '<style>text{font:11px sans-serif;fill:#555}.v,.l{text-anchor:middle}.v{font-size:9px}</style>',
    `<text x="${left}" y="20" style="font-size:13px;font-weight:600">${title} (${unit})</text>`,
    `<line x1="${left}" y1="${top + high}" x2="${width - 16}" y2="${top + high}" stroke="#888"/>`,
    ...legend,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}
export type Group = { readonly label: string; readonly values: readonly number[] }

/** Told apart without colour too: they darken and lighten in turn. */
const colours = ['#64748b', '#cbd5e1', '#2563eb', '#93c5fd', '#b45309', '#f59e0b', '#fcd34d', '#57534e'] as const
const colour = (series: number) => colours[series % colours.length]
