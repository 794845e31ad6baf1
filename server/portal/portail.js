/* Everything works without this: it keeps a draft, takes pasted pictures, sends once, and looks for news. */
// Heard at the document: forms that come with news are sent once too.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset.once === undefined) return undefined
  if (form.dataset.sent === 'yes') return event.preventDefault()
  form.dataset.sent = 'yes'
  const button = event.submitter ?? form.querySelector('button[type="submit"]')
  button?.setAttribute('aria-disabled', 'true')
  if (button?.dataset.sending) {
    button.dataset.name = button.textContent
    button.textContent = button.dataset.sending
  }
  return undefined
})
function sendable(form) {
  form.dataset.sent = ''
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    button.removeAttribute('aria-disabled')
    if (button.dataset.name !== undefined) button.textContent = button.dataset.name
  }
}
// Back from the next page, a form can be sent again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[data-once]')) sendable(form)
})

// What only a script does is promised by a script alone.
for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false

/** The call that this tab lost by being loaded anew, while its place waits; null: none. */
function lostCall() {
  try {
    const { token, at } = JSON.parse(sessionStorage.getItem('guichet-appel') ?? 'null') ?? {}
    sessionStorage.removeItem('guichet-appel')
    const forMs = 60_000 - (Date.now() - at)
    return token !== undefined && forMs > 0 ? { token, forMs } : null
  } catch {
    return null
  }
}

/* Calling from the page. What it takes is asked for when it is wanted. */
for (const part of document.querySelectorAll('[data-call]')) {
  part.hidden = false
  const start = part.querySelector('[data-call-start]')
  const name = start.querySelector('span').textContent
  let lost = lostCall()
  if (lost !== null) {
    const end = part.querySelector('[data-call-end]')
    end.hidden = false
    requestAnimationFrame(() => (end.textContent = part.dataset.reloaded))
    start.querySelector('span').textContent = part.dataset.again
    start.focus({ preventScroll: true })
    part.scrollIntoView({ block: 'nearest' })
    setTimeout(() => (start.querySelector('span').textContent = name), lost.forMs)
  }
  start.addEventListener('click', () => {
    const after = lost?.token
    lost = null
    start.querySelector('span').textContent = name
    import('/portail/appel.js').then(
      ({ call }) => call(part, after),
      () => {
        const end = part.querySelector('[data-call-end]')
        end.textContent = part.dataset.network
        end.hidden = false
      },
    )
  })
}
const calling = () => document.querySelector('[data-call-now]:not([hidden])') !== null

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

for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null
  if (button === null) return
  const text = document.querySelector(`[data-copy-of="${button.dataset.copy}"]`)?.textContent ?? ''
  void navigator.clipboard?.writeText(text).then(() => {
    button.textContent = button.dataset.copied
  })
})

/* The server says when there is something new; what it is, is asked for. Without that connection, the page asks every few seconds. */
async function whenNew(auth, look) {
  let live = false
  const slow = setInterval(() => {
    if (!live && document.visibilityState !== 'hidden') void look()
  }, 5_000)
  addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && look()))
  try {
    const { io } = await import('/portail/direct.js')
    const socket = io('/visiteurs', { auth, transports: ['websocket', 'polling'], reconnectionDelayMax: 5_000 })
    socket.on('connect', () => {
      live = true
      void look()
    })
    socket.on('disconnect', () => {
      live = false
    })
    socket.on('news', () => void look())
    return { types: () => socket.emit('types'), seen: () => socket.emit('seen'), stop: () => (clearInterval(slow), socket.close()) }
  } catch {
    return { types: () => undefined, seen: () => undefined, stop: () => clearInterval(slow) }
  }
}

/** Put in what is new and take out what is gone; what stays is not drawn again, so that it is not read aloud again. */
function renew(list, fresh) {
  const there = new Map([...list.children].map((one) => [one.dataset.key, one]))
  const wanted = [...fresh.children]
  const gone = [...list.children].filter((one) => !wanted.some((other) => other.dataset.key === one.dataset.key))
  for (const one of gone) one.remove()
  wanted.forEach((one, i) => {
    const known = there.get(one.dataset.key)
    if (known === undefined || !known.isConnected) list.insertBefore(one, list.children[i] ?? null)
  })
}

/** A form whose text has arrived is empty again, but for what was typed since it left. */
function emptied(form, sent) {
  const field = form.elements.texte
  const now = field.value
  form.reset()
  field.value = now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
}

/* The page shared with the desk during a call. */
const shared = document.querySelector('[data-shared]')
if (shared !== null) {
  const form = document.querySelector('[data-shared-form]')
  const look = async () => {
    const answer = await fetch('/p/fil', { credentials: 'same-origin' }).catch(() => null)
    if (answer === null || !answer.ok) return
    // Whoever left, or whose page is no more, types a code again.
    if (answer.redirected) return location.assign('/p')
    const fresh = document.createElement('div')
    fresh.innerHTML = await answer.text()
    const over = fresh.querySelector('[data-key="over"]') !== null
    const bands = (from) => [...from.children].filter((one) => one.classList.contains('band'))
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 80
    if (bands(shared).map((b) => b.dataset.key).join() !== bands(fresh).map((b) => b.dataset.key).join()) {
      for (const band of bands(shared)) band.remove()
      shared.prepend(...bands(fresh))
    }
    renew(shared.querySelector('.exchange'), fresh.querySelector('.exchange'))
    for (const button of shared.querySelectorAll('[data-copy]')) button.hidden = false
    if (over) form?.remove()
    if (atEnd) scrollTo(0, document.documentElement.scrollHeight)
    return undefined
  }
  const connection = whenNew({}, look)
  let told = 0
  form?.elements.texte.addEventListener('input', () => {
    if (Date.now() - told < 2_000) return
    told = Date.now()
    void connection.then(({ types }) => types())
  })
  const send = async (of, fields) => {
    const answer = await fetch(of.action, { method: 'POST', body: fields, credentials: 'same-origin' }).catch(() => null)
    if (answer === null) return null
    const said = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const wrong = said.querySelector('#texte-faux')?.textContent ?? said.querySelector('h1')?.textContent ?? ''
    // What is still to be sent: what came with a refused file has gone.
    return { ok: answer.ok, wrong, left: said.querySelector('#texte')?.value ?? null }
  }
  document.addEventListener('submit', (event) => {
    const of = event.target
    if (of !== form && !of.matches('[data-quiet]')) return
    event.preventDefault()
    const button = of.querySelector('button[type="submit"]')
    if (button.getAttribute('aria-disabled') === 'true') return
    button.setAttribute('aria-disabled', 'true')
    const name = button.textContent
    if (button.dataset.sending) button.textContent = button.dataset.sending
    const done = of === form ? form.querySelector('[data-sent]') : null
    if (done !== null) done.textContent = ''
    const fields = of === form ? new FormData(of) : new URLSearchParams(new FormData(of))
    const text = form?.elements.texte.value
    void send(of, fields).then(async (answer) => {
      button.removeAttribute('aria-disabled')
      button.textContent = name
      // The network is away: the browser's own page says so, and comes back with what was typed.
      if (answer === null) return of.submit()
      if (of === form) {
        const wrong = form.querySelector('#texte-faux')
        wrong.hidden = answer.ok
        wrong.textContent = answer.ok ? '' : answer.wrong
        const ofFile = form.elements.fichiers.files.length > 0
        form.elements.texte.setAttribute('aria-invalid', String(!answer.ok && !ofFile))
        if (answer.left !== null && !answer.ok) {
          form.elements.texte.value = answer.left
          form.elements.fichiers.value = ''
        }
        if (answer.ok) {
          emptied(form, text)
          done.textContent = done.dataset.sent
        }
      }
      return look()
    })
  })
}

/* News of a request: what is said, and where it stands, are drawn anew in place; what is being written stays. */
const followed = document.querySelector('[data-version]')
if (followed !== null) {
  const form = document.querySelector('form[action$="/message"]')
  let version = followed.dataset.version
  // Where this page stands when it came as the answer to a form, too.
  const home = `/demandes/${followed.dataset.number}`
  /** What a reader sees: that there is a newer version is no news of its own. */
  const plain = (part) => part.innerHTML.replace(/ data-version="[^"]*"/, '')
  let next = null
  /** A conversation has begun, or cannot any more: what the form says changes around what is being typed, once nothing is on its way. */
  const turn = (fresh) => {
    const there = document.querySelector('[data-adding]')
    next = form?.dataset.sent === 'yes' ? fresh : null
    if (next !== null || fresh === null || there === null || fresh.dataset.adding === there.dataset.adding) return
    const focused = there.querySelector('.gestures').contains(document.activeElement)
    there.dataset.adding = fresh.dataset.adding
    const parts = ['h2', 'label[for="texte"]', '.gestures', '.gestures + .hint'].map((part) => [there.querySelector(part), fresh.querySelector(part)])
    for (const [old, now] of parts) old.replaceWith(now)
    if (focused) form.elements.texte.focus()
  }
  const look = async () => {
    if (document.visibilityState === 'hidden') return
    const state = await fetch(`${home}/etat`, { credentials: 'same-origin' }).catch(() => null)
    if (state === null || !state.ok) return
    const fresh = (await state.json()).version
    if (fresh !== version) {
      const answer = await fetch(home, { credentials: 'same-origin' }).catch(() => null)
      if (answer === null || !answer.ok) return
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const [where, timeline] = ['where', 'timeline'].map((name) => page.querySelector(`[data-live="${name}"]`))
      const ended = (page.querySelector('form[action$="/message"]') === null) !== (form === null)
      // The page as a whole has become another one, and nothing would be lost.
      if (where === null || timeline === null || (ended && !(form?.elements.texte.value ?? ''))) {
        if (!calling()) return location.replace(home)
        document.querySelector('[data-news]').hidden = false
        return undefined
      }
      const here = document.querySelector('[data-live="where"]')
      if ([...here.querySelectorAll('textarea')].some((field) => field.value !== '')) document.querySelector('[data-news]').hidden = false
      else if (plain(here) !== plain(where)) {
        const isOpen = here.querySelector('details')?.open ?? false
        here.replaceChildren(...where.childNodes)
        if (isOpen) here.querySelector('details')?.setAttribute('open', '')
      }
      renew(document.querySelector('[data-live="timeline"]'), timeline)
      turn(page.querySelector('[data-adding]'))
      version = fresh
    }
    void connection.then(({ seen }) => seen())
    return undefined
  }
  const connection = whenNew({ number: Number(followed.dataset.number) }, look)
  let told = 0
  form?.elements.texte.addEventListener('input', () => {
    if (Date.now() - told < 2_000) return
    told = Date.now()
    void connection.then(({ types }) => types())
  })
  // In a conversation the page stays where it is.
  form?.addEventListener('submit', (event) => {
    const { submitter } = event
    if (event.target.dataset.sent === 'yes' || form.elements.fichiers?.files.length || submitter?.name !== 'discuter') return
    event.preventDefault()
    form.dataset.sent = 'yes'
    submitter.setAttribute('aria-disabled', 'true')
    const name = submitter.textContent
    if (submitter.dataset.sending) submitter.textContent = submitter.dataset.sending
    const fields = new FormData(form, submitter)
    const text = form.elements.texte.value
    void fetch(form.action, { method: 'POST', body: fields, credentials: 'same-origin' })
      .catch(() => null)
      .then((answer) => {
        submitter.textContent = name
        // The browser’s own page says what is wrong, and comes back with what was typed.
        if (answer === null || !answer.ok) {
          form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'discuter', value: '1' }))
          return HTMLFormElement.prototype.submit.call(form)
        }
        // Closed meanwhile: the page that says so is another one.
        if (answer.url.endsWith('?fait=ajout-clos')) return location.assign(answer.url)
        emptied(form, text)
        sendable(form)
        turn(next)
        return look()
      })
  })
  // As in other conversations; a line alone goes on.
  form?.elements.texte.addEventListener('keydown', (event) => {
    const talk = form.querySelector('button[name="discuter"].main')
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || talk === null) return
    event.preventDefault()
    form.requestSubmit(talk)
  })
}
