import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '../theme/provider.tsx';
import { CheckPage } from './check-page.tsx';

/* A page apart from the console, as the one that prepares exports is: the browser may connect to nothing (src/server/web.ts). */
// Fonts come when a letter needs them; here even that would ask the server for something because of what a file holds.
for (const face of document.fonts) void face.load();

const root = document.getElementById('root');
if (root === null) throw new Error('check.html has no element "root".');
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <CheckPage />
    </ThemeProvider>
  </StrictMode>,
);
