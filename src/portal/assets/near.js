/** 找离我近的: asks the browser where it is, on the button's press alone, and posts that rounded to about 100 metres. */
const form = document.getElementById('near')

if (form && 'geolocation' in navigator) {
  const status = form.querySelector('[role=status]')
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    status.textContent = form.dataset.waiting
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lon.value = String(Number(coords.longitude.toFixed(3)))
        form.elements.lat.value = String(Number(coords.latitude.toFixed(3)))
        form.submit()
      },
      () => {
        status.textContent = form.dataset.denied
      },
      { timeout: 10_000, maximumAge: 60_000 },
    )
  })
}
