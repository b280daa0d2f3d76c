Console.WriteLine("FashionNotebooks");
