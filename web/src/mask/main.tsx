import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '../theme/provider.tsx';
import { MaskPage } from './mask-page.tsx';

/*
 * A page of its own, apart from the console: it needs nobody to be signed in, and the server tells the browser that it
 * may connect to nothing (src/server/web.ts). All that it needs is loaded before a file is chosen.
 */
// Fonts come when a letter needs them; here even that would ask the server for something because of what a file holds.
for (const face of document.fonts) void face.load();

const root = document.getElementById('root');
if (root === null) throw new Error('mask.html has no element "root".');
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <MaskPage />
    </ThemeProvider>
  </StrictMode>,
);
