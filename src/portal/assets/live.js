// A page that changes while somebody looks at it: what has changed is fetched from the page itself, and only that is put in its place.

/** Puts the parts of a newer page in place of those that differ. @returns what is to be read aloud */
function replaceParts(newer) {
  const told = []
  for (const part of document.querySelectorAll('[data-part]')) {
    const next = newer.querySelector(`[data-part="${part.dataset.part}"]`)
    if (!next || next.outerHTML === part.outerHTML) continue
    const said = next.querySelector('[data-announce]')?.textContent
    if (said && said !== part.querySelector('[data-announce]')?.textContent) told.push(said)
    // Whoever stands on a link or a button keeps their place.
    const at = part.contains(document.activeElement) ? document.activeElement : undefined
    part.replaceWith(document.adoptNode(next))
    if (at) focusLike(at, next)
  }
  return told.join(' ')
}

function focusLike(before, within) {
  const same = [...within.querySelectorAll('a, button, select, summary')].find(
    (one) => one.tagName === before.tagName && one.textContent === before.textContent,
  )
  if (same) return same.focus()
  within.setAttribute('tabindex', '-1')
  within.focus()
}

/** The page as it is now; nothing when the log-in has ended. */
async function read(path, init) {
  const answer = await fetch(path, { credentials: 'same-origin', ...init })
  const isOver = answer.redirected && new URL(answer.url).pathname === '/log-in'
  if (isOver || !answer.ok) return undefined
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

const live = document.getElementById('live')
const told = document.getElementById('told')

function followLive() {
  let source
  let isReading = false
  let isStale = false
  let isOver = false
  const end = () => {
    isOver = true
    source?.close()
    told.textContent = live.dataset.over
    told.classList.remove('unseen')
  }
  const renew = async () => {
    isStale = true
    if (isReading) return
    isReading = true
    // Several events at once are one reading.
    while (isStale && !isOver) {
      isStale = false
      const newer = await read(live.dataset.page).catch(() => document)
      if (newer === undefined) end()
      else if (newer !== document) tell(replaceParts(newer))
    }
    isReading = false
  }
  const open = () => {
    source?.close()
    // What has happened since the page was made comes first: nothing is missed by looking away.
    source = new EventSource(live.dataset.stream)
    for (const type of ['status', 'note', 'dispatch', 'reminder']) source.addEventListener(type, renew)
    source.addEventListener('error', () => {
      // A stream that is refused is not tried again by browsers: the log-in has ended, or the case is no longer ours to see.
      if (source.readyState === EventSource.CLOSED) void renew()
    })
  }
  open()
  // A page that nobody looks at holds no connection: browsers have few of them for all windows together.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source.close()
    else if (!isOver) open()
  })
}

const tell = (words) => {
  if (words !== '') told.textContent = words
}

if (live && 'EventSource' in window) followLive()

// A question to many cities takes seconds: it is put without leaving the page.
for (const form of document.querySelectorAll('form[data-busy]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    if (button.disabled) return
    const words = button.textContent
    button.disabled = true
    button.textContent = form.dataset.busy
    const newer = await read(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    }).catch(() => undefined)
    // Without an answer the browser goes the way that it goes without script.
    if (newer === undefined) return form.submit()
    tell(replaceParts(newer))
    button.disabled = false
    button.textContent = words
  })
  if ('once' in form.dataset) form.requestSubmit()
}
