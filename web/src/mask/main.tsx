import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '../theme/provider.tsx';
import { MaskPage } from './mask-page.tsx';

/*
 * A standalone page outside the console: it requires no sign-in, and its CSP forbids all connections
 * (src/server/web.ts). Everything that it needs is loaded before a file is selected.
 */
// Load all fonts now: loading one on first use would send a request that depends on the file's content.
for (const face of document.fonts) void face.load();

const root = document.getElementById('root');
if (root === null) throw new Error('mask.html has no element “root”.');
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <MaskPage />
    </ThemeProvider>
  </StrictMode>,
);
