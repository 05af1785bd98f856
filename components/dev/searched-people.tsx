"use client";

import { useEffect, useState } from "react";
import { type Choice, TagPicker } from "@/components/ui/tag-picker";

const people: Choice[] = Array.from({ length: 300 }, (_, index) => ({
  id: `p${index}`,
  name: `Person ${index + 1}`,
  hint: index % 7 === 0 ? "away" : undefined,
}));

/** A picker with a simulated remote search that takes 0.5 s. */
export function SearchedPeople() {
  const [text, setText] = useState("");
  const [found, setFound] = useState<{ text: string; items: Choice[] }>({
    text: "",
    items: people.slice(0, 20),
  });
  const [value, setValue] = useState<string[]>(["p41"]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = text.toLowerCase();
      setFound({
        text,
        items: people.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, 20),
      });
    }, 500);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <TagPicker
      label="Searched elsewhere"
      items={found.items}
      isSearchedElsewhere
      isLoading={found.text !== text}
      onInputChange={setText}
      value={value}
      onChange={setValue}
      chosen={people.filter(({ id }) => value.includes(id))}
    />
  );
}
