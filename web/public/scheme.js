// Sets the color scheme before the first paint. A file of its own, because the content policy allows no inline script.
// The key is the one that web/src/theme/provider.tsx gives to Mantine.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('bylaw.scheme');
  } catch {
    // Storage is switched off in this browser: follow the system.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
