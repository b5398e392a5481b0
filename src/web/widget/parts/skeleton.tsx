import { useModel } from './model-context.ts'

/** Something is on its way; `page` where it stands alone. */
export function Skeleton({ page = false }: { page?: boolean }) {
  const { widget } = useModel().words
  return (
    <div class={page ? 'page skeleton' : 'skeleton'} role="status" aria-label={widget.loading}>
      <i />
      <i />
      <i />
    </div>
  )
}
