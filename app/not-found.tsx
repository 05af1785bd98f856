import Link from "next/link";

export const metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-4 px-6 py-12">
      <h1 className="font-semibold text-2xl tracking-tight">Nothing is here</h1>
      <p className="text-muted">The address is mistyped, or what it led to is gone.</p>
      <Link href="/" className="font-medium text-accent underline-offset-4 hover:underline">
        Back to the start
      </Link>
    </main>
  );
}
