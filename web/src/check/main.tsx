import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '../theme/provider.tsx';
import { CheckPage } from './check-page.tsx';

/* A standalone page like the one that prepares exports: its CSP forbids all connections (src/server/web.ts). */
// Load all fonts now: loading one on first use would send a request that depends on the file's content.
for (const face of document.fonts) void face.load();

const root = document.getElementById('root');
if (root === null) throw new Error('check.html has no element “root”.');
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <CheckPage />
    </ThemeProvider>
  </StrictMode>,
);
