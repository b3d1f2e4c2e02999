export function App() {
  return <main>Maskwright</main>;
}
