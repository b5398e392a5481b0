import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './console.css'
import { Look } from './shell/look.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Look>
      <App />
    </Look>
  </StrictMode>,
)
