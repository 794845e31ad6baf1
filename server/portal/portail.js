/* Everything works without this: it keeps a draft, takes pasted pictures, sends once, and looks for news. */
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') return event.preventDefault()
    form.dataset.sent = 'yes'
    const button = form.querySelector('button[type="submit"]')
    button?.setAttribute('aria-disabled', 'true')
    if (button?.dataset.sending) button.textContent = button.dataset.sending
    return undefined
  })
}
// Back from the next page, a form can be sent again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[data-once]')) {
    form.dataset.sent = ''
    form.querySelector('button[type="submit"]')?.removeAttribute('aria-disabled')
  }
})

/* What may answer what is being typed; asked when the typing rests. */
const help = document.querySelector('[data-help]')
if (help !== null) {
  const form = help.closest('form')
  const seen = form.querySelector('input[name="vu"]')
  const told = () => ['titre', 'resume', 'lieu'].map((name) => [name, form.elements[name]?.value ?? ''])
  let rest = null
  let asked = ''
  const ask = async () => {
    const query = new URLSearchParams(told()).toString()
    if (query === asked) return
    asked = query
    const answer = form.elements.titre.value.trim().length < 4 ? null : await fetch(`/demande/aide?${query}`).catch(() => null)
    if (query !== asked || (answer !== null && !answer.ok)) return
    const view = answer === null ? '' : await answer.text()
    if (help.innerHTML === view) return
    help.innerHTML = view
    help.hidden = view === ''
    if (answer !== null) seen.value = [...new Set([...seen.value.split(' '), ...(answer.headers.get('x-vu') ?? '').split(' ')])].join(' ').trim()
  }
  form.addEventListener('input', () => {
    clearTimeout(rest)
    rest = setTimeout(() => void ask(), 350)
  })
  void ask()
}

const drafted = document.querySelector('form[data-draft]')
if (drafted !== null) {
  const key = drafted.dataset.draft
  const fields = [...drafted.querySelectorAll('[data-kept]')]
  const note = document.querySelector('[data-draft-note]')
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}')
    } catch {
      return {}
    }
  }
  const kept = read()
  let found = false
  for (const field of fields) {
    if (field.value === '' && typeof kept[field.name] === 'string' && kept[field.name] !== '') {
      field.value = kept[field.name]
      found = true
    }
  }
  if (found && note !== null) note.hidden = false
  drafted.addEventListener('input', () => {
    try {
      localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map(({ name, value }) => [name, value]))))
    } catch {
      // A browser that keeps nothing: the page itself does.
    }
  })
  document.querySelector('[data-draft-drop]')?.addEventListener('click', () => {
    localStorage.removeItem(key)
    for (const field of fields) field.value = ''
    if (note !== null) note.hidden = true
  })
}
for (const sent of document.querySelectorAll('[data-draft-over]')) localStorage.removeItem(sent.dataset.draftOver)

for (const drop of document.querySelectorAll('[data-drop]')) {
  const input = drop.querySelector('input[type="file"]')
  const hint = drop.querySelector('[data-paste]')
  if (hint !== null) hint.hidden = false
  const add = (files) => {
    const all = new DataTransfer()
    for (const file of [...input.files, ...files]) all.items.add(file)
    input.files = all.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  drop.addEventListener('dragover', (event) => {
    event.preventDefault()
    drop.classList.add('over')
  })
  drop.addEventListener('dragleave', () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    event.preventDefault()
    drop.classList.remove('over')
    add(event.dataTransfer.files)
  })
  input.form.addEventListener('paste', (event) => {
    if (event.clipboardData.files.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    add(event.clipboardData.files)
  })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/* News of a request: shown at once, unless something is being written. */
const followed = document.querySelector('[data-version]')
if (followed !== null) {
  const look = async () => {
    if (document.visibilityState === 'hidden') return
    const answer = await fetch(`${location.pathname}/etat`, { credentials: 'same-origin' }).catch(() => null)
    if (answer === null || !answer.ok) return
    const { version } = await answer.json()
    if (version === followed.dataset.version) return
    const writes = [...document.querySelectorAll('textarea, input[type="file"]')].some((field) => field.value !== '')
    if (!writes) return location.reload()
    document.querySelector('[data-news]').hidden = false
  }
  setInterval(() => void look(), 10_000)
  addEventListener('visibilitychange', () => void look())
}
